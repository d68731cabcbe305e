"""The floor: one primary-key SELECT in a bare view under the same server; and the counter of SQL statements."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse

from accounts.models import District

Handler = Callable[[HttpRequest], HttpResponse]


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    """The least that a page of ours can be."""
    return HttpResponse(District.objects.values_list("kato", flat=True).get(pk=1))


def count_statements(get_response: Handler) -> Handler:
    """Short-circuits the floor past every other middleware; counts statements where the request asks for it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == "/floor":
            return floor(request)
        if "HTTP_X_COUNT" not in request.META:
            return get_response(request)
        seen = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            seen.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = get_response(request)
        response.headers["X-Statements"] = str(len(seen))
        return response

    return middleware
