"""Who may apply to a call and what is asked of them besides: applicants from abroad, minors."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.statuses import IDENTIFIED_BY_IIN, Country, OrganisationKind
from core import clock
from core.identifiers import maybe_minor
from grants.models import Application, Call, GuardianConsent

MINORS = "minors"  # the address of the section, where it is asked


def is_foreign(organisation: Organisation) -> bool:
    """Registered, or living, in another country."""
    return organisation.country != Country.KZ


def asks_district(application: Application) -> bool:
    """A district of Almaty is asked of everybody but the foreigners whom the call allows."""
    return not (is_foreign(application.organisation) and application.call.allows_foreign)


def barred(call: Call, organisation: Organisation) -> str:
    """Why this organisation cannot apply to this call at all, in words; empty where it can."""
    if is_foreign(organisation) and not call.allows_foreign:
        return _(
            "This call is for applicants registered in Kazakhstan, and your organisation names another country. "
            "If the country is wrong, mend it on the page of the organisation; else look at the other open calls."
        )
    return ""


def seems_minor(organisation: Organisation) -> bool:
    """Whether the IIN of a natural person says «under 18»: a hint that the applicant may correct, never a fact."""
    by_iin = organisation.kind in IDENTIFIED_BY_IIN and not is_foreign(organisation)
    return by_iin and maybe_minor(organisation.identifier, today=clock.today())


def to_know(call: Call, organisation: Organisation) -> str:
    """What somebody who seems to be under 18 should know before they begin; empty for anybody else."""
    if not seems_minor(organisation):
        return ""
    if call.allows_minors:
        return _(
            "The IIN looks like that of a person under 18. A minor needs the signed consent of a parent or guardian: "
            "the form asks for it. If the IIN says it wrong, answer so there."
        )
    return _(
        "The IIN looks like that of a person under 18, and this call is for people of 18 or older. "
        "If the IIN says it wrong, begin and answer so in the form; else ask an adult to apply."
    )


def asks_about_minors(application: Application) -> bool:
    """Whether the draft has the section: of teams, of people from abroad, and of whose IIN says «under 18».

    Who has once said that a minor takes part is asked until they say otherwise. Asks the database nothing.
    """
    organisation = application.organisation
    if application.has_minor or seems_minor(organisation):
        return True
    by_word = organisation.kind == OrganisationKind.TEAM or (
        is_foreign(organisation) and organisation.kind in IDENTIFIED_BY_IIN
    )
    return application.call.allows_minors and by_word


def applicant_faults(application: Application) -> list[tuple[str, str, str]]:
    """(field, section, sentence) for what keeps this applicant from sending. A query only where a minor takes part."""
    found = [("country", "project", barred(application.call, application.organisation))]
    if asks_about_minors(application):
        found.append(("has_minor", MINORS, _minor_fault(application)))
    return [fault for fault in found if fault[2]]


def _minor_fault(application: Application) -> str:
    if application.has_minor is None:
        return _("Say whether a person under 18 takes part.")
    if not application.has_minor:
        return ""
    if not application.call.allows_minors:
        return _("This call is for people of 18 or older. Ask an adult to apply.")
    has_paper = application.guardian_consents.filter(document__isnull=False).exists()
    return "" if has_paper else _("Add the signed consent of a parent or guardian.")


def minor_words(application: Application) -> str:
    """Yes, no or nothing said yet: no name and no date, since more people read the application than may read those."""
    if application.has_minor is None:
        return ""
    return _("Yes") if application.has_minor else _("No")


def consents_for(application: Application, reader: Any) -> list[GuardianConsent]:
    """Those that this person may read; no query where no minor takes part."""
    if not application.has_minor:
        return []
    seen = GuardianConsent.objects.visible_to(reader).filter(application=application)
    return list(seen.select_related("document"))
