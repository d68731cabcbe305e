"""Cells of the admin's tables that know their column."""

from django import forms
from django.utils.safestring import mark_safe

from core.templatetags.cards import labelled, named


def test_each_cell_carries_the_name_of_its_column():
    cells = [mark_safe('<th class="field-title"><a href="/1/">Alma</a></th>'), mark_safe("<td>5</td>")]

    row = labelled(cells, [{"text": "title"}, {"text": "amount asked"}])

    assert row == [
        '<th data-label="Title" class="field-title"><a href="/1/">Alma</a></th>',
        '<td data-label="Amount asked">5</td>',
    ]


def test_the_tick_box_stays_without_a_name():
    cells = [mark_safe('<td class="action-checkbox"><input type="checkbox"></td>')]

    assert labelled(cells, [{"text": mark_safe('<input type="checkbox" id="action-toggle">')}]) == cells


def test_a_name_cannot_break_out_of_its_attribute():
    row = labelled([mark_safe("<td>5</td>")], [{"text": 'a" onclick="x'}])

    assert row == ['<td data-label="A&quot; onclick=&quot;x">5</td>']


def test_a_cell_without_a_column_is_kept():
    assert labelled([mark_safe("<td>5</td>"), mark_safe("<td>key</td>")], [{"text": "n"}])[1] == "<td>key</td>"


def test_an_input_without_a_label_is_named_after_its_column():
    class PriceForm(forms.Form):
        price = forms.CharField(label="Price of one")

    assert 'aria-label="Price of one"' in named(PriceForm()["price"])
