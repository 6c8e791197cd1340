"""Tags that include a template as a stencil (see drawing.py)."""

from collections.abc import Mapping

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.safestring import SafeString

from products.templatetags.drawing import NOBODY, Stencil, Value, granted_in

register = template.Library()

BOOLEANS = ("is_", "has_", "can_")

Expressions = Mapping[str, FilterExpression]


@register.tag
def stencil(parser: Parser, token: Token) -> "StencilNode":
    """Include a template as a stencil: `with` its values, `choose` its choices.

    {% stencil "components/bar.html" with shop_name=shop_name choose is_demo=is_demo %}
    A choice named `is_…`, `has_…` or `can_…` is true or false, any other one is text;
    `choose perms=perms` lets it ask for permissions.
    """
    return StencilNode(*_given(parser, token), {})


@register.tag
def framed(parser: Parser, token: Token) -> "StencilNode":
    """Draw parts of a page inside a stencil: each part is a value of its name.

    {% framed "components/frame.html" with … choose … %}
      {% part content %}…{% endpart %}
    {% endframed %}
    """
    given = _given(parser, token)
    nodes = parser.parse(("endframed",))
    parser.delete_first_token()
    parts = {node.name: node for node in nodes if isinstance(node, PartNode)}
    return StencilNode(*given, parts)


@register.tag
def part(parser: Parser, token: Token) -> "PartNode":
    """Name what stands in it; only inside `framed`."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    return PartNode(name, nodelist)


def _given(parser: Parser, token: Token) -> tuple[str, Expressions, Expressions]:
    tag, name, *bits = token.split_contents()
    given: dict[str, dict[str, FilterExpression]] = {"with": {}, "choose": {}}
    while bits:
        word = bits.pop(0)
        if word not in given or not bits:
            raise template.TemplateSyntaxError(f"{tag} takes no {word!r} here")
        given[word] = token_kwargs(bits, parser)
    return name.strip("\"'"), given["with"], given["choose"]


class PartNode(template.Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: template.Context) -> SafeString:
        return self.nodelist.render(context)


class StencilNode(template.Node):
    # Where `extends` looks for blocks.
    child_nodelists = ("parts",)

    def __init__(
        self,
        name: str,
        values: Expressions,
        choices: Expressions,
        parts: Mapping[str, PartNode],
    ) -> None:
        self.asks_permissions = "perms" in choices
        self.choices = {
            key: choice for key, choice in choices.items() if key != "perms"
        }
        self.values, self.parts = list(values.values()), NodeList(parts.values())
        self.stencil = Stencil(name, (*values, *parts), tuple(self.choices))

    def render(self, context: template.Context) -> SafeString:
        values = [_as_value(value.resolve(context)) for value in self.values]
        values += [part.render(context) for part in self.parts]
        choices = [
            bool(choice.resolve(context))
            if name.startswith(BOOLEANS)
            else str(choice.resolve(context) or "")
            for name, choice in self.choices.items()
        ]
        granted = granted_in(context) if self.asks_permissions else NOBODY
        return self.stencil.fill([(values, choices)], granted)


def _as_value(value: object) -> Value:
    if value is None or isinstance(value, (int, SafeString)):
        return value
    return str(value)
