"""The demo's accounts, the officers and the experts. Only the accounts of the doors have a password."""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.contrib.auth.models import Group

from accounts.models import Consent, ConsentText, Sector, User
from accounts.statuses import ConsentKind, Role
from core.public_id import ALPHABET
from grants.models import Expert
from portal.demo import plan
from portal.demo.season import Judge, Season

DOMAIN = "demo.test"
STAFF_SINCE, EXPERTS_SINCE = -210, -160
MAX_LOAD = 45
# local part -> name, language, role. Invented people.
ACCOUNTS = {
    "applicant": ("Айгерім Тұманова", "kk", ""),
    "colleague": ("Данияр Тұманов", "ru", ""),
    "expert": ("Камила Вершинина", "ru", Role.EXPERT),
    "officer": ("Әсел Қарағұлова", "kk", Role.OFFICER),
    "commission": ("Бауыржан Өтегенов", "kk", Role.COMMISSION),
    "secretary": ("Ирина Полякова", "ru", Role.SECRETARY),
    "ic": ("Руслан Касымбеков", "ru", Role.INVESTMENT_COMMITTEE),
    "finance": ("Гүлмира Нұрпейісова", "kk", Role.FINANCE),
    "finance2": ("Олег Данченко", "ru", Role.FINANCE),
    "analyst": ("Мирас Толыбаев", "kk", Role.ANALYST),
    "manager": ("Дина Ержанова", "ru", Role.MANAGER),
    "investor": ("Emma Hartley", "en", ""),
    "auditor": ("Светлана Ким", "ru", Role.AUDITOR),
    "admin": ("Әділ Сағынтаев", "kk", Role.ADMINISTRATOR),
}
OTHER_OFFICERS = (("Жанар Мәлікова", "kk"), ("Виктор Снегирёв", "ru"))


class Quick(PBKDF2PasswordHasher):
    """Sixty random bits are not guessed, however quickly one tries; the first sign-in hashes them anew, slowly."""

    iterations = 1_000


def make_people(season: Season) -> None:
    """Accounts with passwords and verified addresses, two more officers, the panel of experts."""
    since = season.days.at(STAFF_SINCE, 9)
    for local, (name, language, _role) in ACCOUNTS.items():
        season.passwords[local] = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
        user = make_user(season, f"{local}@{DOMAIN}", name, language, since)
        user.password = make_password(season.passwords[local], hasher=Quick())
        season.accounts[local] = user
    others = [
        make_user(season, f"officer{number}@staff.example.test", name, language, since)
        for number, (name, language) in enumerate(OTHER_OFFICERS, start=2)
    ]
    season.officers = [season.accounts["officer"], *others]
    accounts = list(season.accounts.values())
    User.objects.bulk_create([*accounts, *others])
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in accounts]
    )
    give_roles([(season.accounts[local], role) for local, (_n, _l, role) in ACCOUNTS.items() if role])
    give_roles([(user, Role.OFFICER) for user in others])
    _make_panel(season)


def make_user(season: Season, email: str, name: str, language: str, since: datetime, **facts: str) -> User:
    """A person as whom nobody can sign in; the caller stores it."""
    return User(
        public_id=season.invent.public_id(),
        email=email,
        display_name=name,
        language=language,
        joined_at=since,
        password=make_password(None),
        **facts,
    )


def give_roles(pairs: list[tuple[User, str]]) -> None:
    """Puts people into the groups that the migration made."""
    groups = dict(Group.objects.values_list("name", "pk"))
    through = User.groups.through
    through.objects.bulk_create([through(user_id=user.pk, group_id=groups[role]) for user, role in pairs])


def _make_panel(season: Season) -> None:
    """The expert of the door, and the others: sectors, languages, severity."""
    rng, since = season.stream("panel"), season.days.at(EXPERTS_SINCE, 11)
    people = [season.invent.person(rng.choice(["kk", "ru"])) for _ in range(plan.experts(season.size) - 1)]
    users = [
        make_user(season, f"expert{n}@experts.example.test", p.name, p.language, since, iin=p.iin, phone=p.phone)
        for n, p in enumerate(people, start=2)
    ]
    User.objects.bulk_create(users)
    give_roles([(user, Role.EXPERT) for user in users])
    users.insert(0, season.accounts["expert"])
    experts = Expert.objects.bulk_create(
        [
            Expert(user=user, languages=["kk", "ru", "en"] if n % 5 == 0 else ["kk", "ru"], max_load=MAX_LOAD)
            for n, user in enumerate(users)
        ]
    )
    sectors = list(Sector.objects.order_by("position").values_list("pk", flat=True))
    chosen = [{sectors[n % len(sectors)], *rng.sample(sectors, 2)} for n in range(len(experts))]
    through = Expert.sectors.through
    through.objects.bulk_create(
        [through(expert_id=e.pk, sector_id=pk) for e, own in zip(experts, chosen, strict=True) for pk in sorted(own)]
    )
    _undertake(season, users)
    season.panel = [
        Judge(expert, user, own, rng.gauss(0, 0.3)) for expert, user, own in zip(experts, users, chosen, strict=True)
    ]


def _undertake(season: Season, users: list[User]) -> None:
    """The experts accept the confidentiality undertaking before the first paper."""
    _consent(season, users, ConsentKind.CONFIDENTIALITY, season.days.at(EXPERTS_SINCE, 12))


def sign_up(season: Season, users: list[User]) -> None:
    """The consents and the trail that signing up leaves."""
    for user in users:
        season.history.add(user.joined_at, "user.sign_up", user, by=user)
    _consent(season, users, ConsentKind.PERSONAL_DATA)


def _consent(season: Season, users: list[User], kind: str, at: datetime | None = None) -> None:
    """Each person agrees to the text in force: as they signed up, or at a given hour."""
    text = ConsentText.objects.filter(kind=kind).latest("version")
    sha256 = text.sha256()
    consents = Consent.objects.bulk_create(
        [Consent(user=u, text=text, text_sha256=sha256, language=u.language, at=at or u.joined_at) for u in users],
        batch_size=2_000,
    )
    for user, consent in zip(users, consents, strict=True):
        season.history.add(
            consent.at, "consent.give", consent, by=user, kind=text.kind, version=text.version, sha256=sha256
        )
