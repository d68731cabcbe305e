"""A migration operation that creates many tables at once."""

from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


class CreateModels(Operation):
    """Several `CreateModel` in one step, models that name each other in a circle included.

    After each single one Django renders anew every model that is related to it, which is every model here: time grows
    with the square of their number (a hundred and thirty of them: half a minute in place of seconds). Here the state
    gets all of them first and is rendered once. docs/decisions/0016-migrations.md.
    """

    reversible = True

    def __init__(self, models: list[CreateModel]) -> None:
        self.models = models

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """For the writer of migrations."""
        return type(self).__qualname__, [self.models], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Without rendered models a state only writes new ones down; it renders them when they are asked for."""
        vars(state).pop("apps", None)
        for one in self.models:
            one.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Tables in their order; foreign keys follow at the end of the migration."""
        for one in self.models:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The same tables go, the last one first."""
        for one in reversed(self.models):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """For `migrate --plan`."""
        return f"Create {len(self.models)} models"
