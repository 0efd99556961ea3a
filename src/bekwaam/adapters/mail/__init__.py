"""Puts a mail on paper: the same words as plain text and as HTML that needs no pictures and no tables."""

from __future__ import annotations

from html import escape
from typing import Final

from bekwaam.domain.mail.paper import Paper, Wording

# A mailbox knows no stylesheets, so the look stands in the tags: the colours of our own theme.
_BODY: Final = (
    "margin:0;padding:24px 16px;background:#ffffff;color:#12262a;"
    "font-family:system-ui,-apple-system,'Segoe UI',Arial,sans-serif;font-size:16px;line-height:1.5"
)
_SHEET: Final = "max-width:560px;margin:0 auto"
_BUTTON: Final = (
    "display:inline-block;padding:12px 20px;border-radius:6px;background:#0b5d66;color:#ffffff;"
    "text-decoration:none;font-weight:600"
)
_SMALL: Final = "font-size:14px;color:#4b5f63;overflow-wrap:anywhere;word-break:break-word"


def render(wording: Wording) -> Paper:
    """Return a mail as plain text and as HTML."""
    return Paper(_text(wording), _html(wording))


def _text(words: Wording) -> str:
    link = [part for part in (words.before_link, words.link) if part]
    if words.after_link:
        link += ["", words.after_link] if link else [words.after_link]
    parts = (
        words.greeting,
        "\n".join(words.lines),
        "\n".join(f"- {item}" for item in words.items),
        "\n".join(link),
        "\n".join(words.closing),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _html(words: Wording) -> str:
    body = [_paragraph(words.greeting), *(_paragraph(line) for line in words.lines)]
    if words.items:
        items = "".join(f'<li style="margin:0 0 8px">{_said(item)}</li>' for item in words.items)
        body.append(f'<ul style="padding-left:20px">{items}</ul>')
    if words.before_link:
        body.append(_paragraph(words.before_link))
    if words.link:
        link = escape(words.link)
        body.append(f'<p><a href="{link}" style="{_BUTTON}">{escape(words.link_label)}</a></p>')
        body.append(f'<p style="{_SMALL}">{link}</p>')
    if words.after_link:
        body.append(_paragraph(words.after_link))
    body.append("<p>" + "<br>".join(escape(line) for line in words.closing) + "</p>")
    language, title = escape(words.language), escape(words.subject)
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head>\n"
        f'<body style="{_BODY}"><div role="article" lang="{language}" style="{_SHEET}">\n'
        + "\n".join(body)
        + "\n</div></body></html>\n"
    )


def _paragraph(text: str) -> str:
    return f"<p>{_said(text)}</p>"


def _said(text: str) -> str:
    return escape(text).replace("\n", "<br>")
