"""The literal table of tests/test_routes.py."""

PEOPLE = (
    "stranger",
    "applicant",
    "colleague",
    "viewer",
    "outsider",
    "expert",
    "conflicted",
    "officer",
    "secretary",
    "commission",
    "finance",
    "analyst",
    "manager",
    "ic",
    "auditor",
    "administrator",
)
PAGES: dict[str, str] = {}
ADMIN: dict[str, str | dict[str, str]] = {}
