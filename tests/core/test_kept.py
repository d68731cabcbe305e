"""`{% kept %}`: what it keeps, and what can never get into it."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from core.templatetags import kept


def test_a_part_is_kept_for_each_language():
    page = Template("{% load i18n kept %}{% kept %}{% get_current_language as now %}{{ now }}{% endkept %}")

    with override("kk"):
        first = page.render(Context())
    with override("ru"):
        second = page.render(Context())

    assert (first, second) == ("kk", "ru")


def test_a_part_is_kept_for_each_value_it_names():
    page = Template("{% load kept %}{% kept roles=roles %}{{ roles|join:',' }}{% endkept %}")

    texts = [page.render(Context({"roles": roles})) for roles in (("expert",), (), ("expert",))]

    assert texts == ["expert", "", "expert"]
    assert len(page.nodelist[-1].texts) == 2


def test_a_part_sees_nothing_of_the_page_that_it_does_not_name():
    page = Template("{% load kept %}{% kept shown=shown %}{{ shown }}{{ hidden }}{% endkept %}")

    text = page.render(Context({"shown": "<1>", "hidden": "a@example.test"}))

    assert text == "&lt;1&gt;"


def test_a_part_keeps_no_more_than_its_bound(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    page = Template("{% load kept %}{% kept n=n %}{{ n }}{% endkept %}")

    texts = [page.render(Context({"n": n})) for n in range(4)]

    assert texts == ["0", "1", "2", "3"]
    assert len(page.nodelist[-1].texts) == 2


def test_a_value_without_a_name_is_refused_when_the_template_is_read():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load kept %}{% kept roles %}{% endkept %}")
