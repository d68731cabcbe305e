"""A conflict of interest blocks every path: assignment, score and ballot ask one piece of SQL before they go in.

Listed in grants/triggers.py; apart from it because both files stay readable so.
"""

# ruff: noqa: S608 (every piece of SQL here is our own)

from core.triggers import refusal

# Pieces of «may this person not judge this application»: w is the pair, {at} an expression of SQL.
NOT_LIFTED = (
    "NOT EXISTS (SELECT 1 FROM grants_conflict l WHERE l.person_id = w.person AND l.application_id = w.application "
    "AND l.lifted_at IS NOT NULL AND l.kind = "
)
OF = "FROM grants_application a JOIN accounts_organisation o ON o.id = a.organisation_id "
# The organisations where a person is, or was within the last year.
PLACES = (
    "(SELECT organisation_id FROM accounts_membership WHERE user_id = w.person UNION "
    "SELECT organisation_id FROM accounts_formermembership WHERE user_id = w.person AND counts_until >= {at})"
)
MEMBERS = "accounts_user x JOIN accounts_membership m ON m.user_id = x.id WHERE m.organisation_id = o.id)"
IINS, PHONES = "(SELECT x.iin FROM " + MEMBERS, "(SELECT x.phone FROM " + MEMBERS
LINES = "FROM grants_budgetline b JOIN "
# Each look reads its rows once and asks all that they can show: an expert's every score is asked this.
LOOKS = (
    "FROM grants_conflict c WHERE c.person_id = w.person AND c.application_id = w.application AND c.lifted_at IS NULL",
    OF + "JOIN accounts_organisation p ON p.id IN " + PLACES + " WHERE a.id = w.application AND (p.id = o.id "
    "OR (p.identifier <> '' AND p.identifier IN (o.identifier, o.head_iin)) "
    "OR (p.head_iin <> '' AND p.head_iin IN (o.identifier, o.head_iin)) "
    "OR EXISTS (SELECT 1 FROM accounts_bankaccount x JOIN accounts_bankaccount y ON x.iban = y.iban "
    "WHERE x.organisation_id = o.id AND y.organisation_id = p.id) "
    "OR (p.phone <> '' AND (p.phone = o.phone OR p.phone IN " + PHONES + ") AND " + NOT_LIFTED + "'phone')) "
    "OR (p.address <> '' AND p.address = o.address AND " + NOT_LIFTED + "'address')))",
    OF + "JOIN accounts_user u ON u.id = w.person WHERE a.id = w.application AND ("
    "(u.iin <> '' AND (u.iin IN (o.identifier, o.head_iin) OR u.iin IN " + IINS + ")) "
    "OR (u.phone <> '' AND (u.phone = o.phone OR u.phone IN " + PHONES + ") AND " + NOT_LIFTED + "'phone')) "
    "OR (EXISTS (SELECT 1 FROM accounts_invitation i WHERE i.organisation_id = o.id AND i.used_at IS NULL "
    "AND LOWER(i.email) = u.email) AND " + NOT_LIFTED + "'email')))",
    LINES + "accounts_user u ON u.id = w.person AND u.iin <> '' "
    "WHERE b.application_id = w.application AND b.supplier_identifier = u.iin",
    LINES + "accounts_organisation p ON p.id IN " + PLACES + " WHERE b.application_id = w.application "
    "AND b.supplier_identifier <> '' AND b.supplier_identifier IN (p.identifier, p.head_iin)",
)


def conflict_between(person: str, application: str, at: str) -> str:
    """SQL that selects a row where a person (an expression of its key) may not judge an application at a time: what is
    written down, and what the data show (grants/queries/traces.py) but for e-mails and phones given as answers, which
    are written down when they are found. The limit keeps the pair from being computed anew in every look.
    """
    looks = " OR ".join(f"EXISTS (SELECT 1 {look})" for look in LOOKS).format(at=at)
    return f"SELECT 1 FROM (SELECT {person} AS person, {application} AS application LIMIT 1) w WHERE {looks}"


EXPERTS_USER = "(SELECT user_id FROM grants_expert WHERE id = NEW.expert_id)"
CONFLICT_OF_ASSIGNMENT = conflict_between(EXPERTS_USER, "NEW.application_id", "NEW.assigned_at")
CONFLICT_OF_SCORE = conflict_between(
    "(SELECT e.user_id FROM grants_review r JOIN grants_assignment s ON s.id = r.assignment_id "
    "JOIN grants_expert e ON e.id = s.expert_id WHERE r.id = NEW.review_id)",
    "(SELECT s.application_id FROM grants_review r JOIN grants_assignment s ON s.id = r.assignment_id "
    "WHERE r.id = NEW.review_id)",
    "NEW.entered_at",
)

# A ballot about an application or an appeal of it, across a conflict of the seat's person with it.
SEATS_USER = "(SELECT user_id FROM committees_seat WHERE id = NEW.seat_id)"
ITEMS_APPLICATION = (
    "(SELECT application_id FROM grants_applicationitem WHERE item_id = NEW.item_id UNION "
    "SELECT application_id FROM grants_appeal WHERE item_id = NEW.item_id)"
)
CONFLICT_OF_BALLOT = conflict_between(SEATS_USER, ITEMS_APPLICATION, "NEW.cast_at")

TRIGGERS = [
    refusal(
        "assignment_across_conflict",
        "grants_assignment",
        when="BEFORE INSERT",
        message="the expert has a conflict of interest with this application",
        exists=CONFLICT_OF_ASSIGNMENT,
    ),
    refusal(
        "score_across_conflict",
        "grants_scoreentry",
        when="BEFORE INSERT",
        message="the expert has a conflict of interest with this application",
        exists=CONFLICT_OF_SCORE,
    ),
    refusal(
        "ballot_across_conflict_of_interest",
        "committees_ballot",
        when="BEFORE INSERT",
        message="the member has a conflict of interest with this application",
        exists=CONFLICT_OF_BALLOT,
    ),
]
