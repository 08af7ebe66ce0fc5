"""The site: the toolkit's own pages, a sign-in that asks nothing, and days behind its tokens."""

import functools

from django.contrib.auth import get_user_model, login
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import include, path
from oauth2_provider.oauth2_backends import get_oauthlib_core


def guarded(view):
    """The toolkit decides whether the bearer may read days (RFC 6750 §3.1)."""
    @functools.wraps(view)
    def checked(request, **named):
        valid, call = get_oauthlib_core().verify_request(request, scopes=["days"])
        if not valid:
            return JsonResponse({"error": "invalid_token"}, status=401,
                                headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
        return view(call.user, **named)
    return checked


def sign_in(request):
    """Whoever comes is Jane: a browser of a proof has nobody who could type."""
    login(request, get_user_model().objects.get(username="jane"))
    return HttpResponseRedirect(request.GET["next"])


@guarded
def me(user):
    return JsonResponse({"id": str(user.pk), "first": user.first_name})


@guarded
def day(user, day):
    return JsonResponse({"day": day, "items": list(range(40)), "text": "x" * 2000})


urlpatterns = [
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("login", sign_in),
    path("me", me),
    path("day/<day>", day),
]
