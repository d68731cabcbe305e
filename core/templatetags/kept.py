"""`{% kept %}`: a part of a page that is rendered once per process and language, not once per request."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
MOST = 500  # texts that one part keeps, and a bound on the memory it takes


class KeptNode(template.Node):
    """Renders its part for each set of values that it is given, and keeps what came out."""

    def __init__(self, nodelist: NodeList, given: dict[str, FilterExpression]) -> None:
        self.nodelist, self.given = nodelist, given
        self.texts: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.given.items()}
        key = (get_language(), *values.values())
        text = self.texts.get(key)
        if text is None:
            text = self.nodelist.render(context.new(values))
            if len(self.texts) < MOST and not context.template.engine.debug:
                self.texts[key] = text
        return text


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept roles=roles %}…{% endkept %}`: links, words and drawings that only a release changes.

    The part sees nothing of the page but the values it names, so nothing of one person reaches another. Name only
    values of which there are few: roles, an address pattern; never a person, a row, a token or the time.
    """
    name, *bits = token.split_contents()
    given = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{{% {name} %}} takes name=value only.")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, given)
