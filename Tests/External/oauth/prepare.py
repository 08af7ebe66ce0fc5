"""Makes the database of the site: Jane, whose history begins on the day given, and the app."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402: only after the set-up
from django.core.management import call_command  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402

call_command("migrate", verbosity=0)
# Her first name is the first day of her history: the site needs no table of its own.
get_user_model().objects.create_user("jane", first_name=sys.argv[1])
Application.objects.create(
    name="Daybook", client_id="id", client_secret="s3cret",
    client_type=Application.CLIENT_CONFIDENTIAL,
    authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
    # Any port of the loopback (RFC 8252 §7.3); nobody is there to press a button.
    redirect_uris="http://127.0.0.1/", skip_authorization=True)
