"""What a page that signs needs of its view: the socket of NCALayer, which the strict policy shuts everywhere else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.middleware import policy_with

NCALAYER = "wss://127.0.0.1:13579"  # a program on the signer's own desktop; static/js/ncalayer.js
View = Callable[..., HttpResponseBase]


def may_reach_ncalayer(view: View) -> View:
    """Lets the page of this view, and no other, talk with NCALayer on the machine of who looks at it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Content-Security-Policy", policy_with(connect_src=NCALAYER))
        return response

    return wrapped
