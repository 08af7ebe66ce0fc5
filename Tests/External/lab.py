"""What the proofs are played with: folders, servers and installations, which all end with it."""

import os
import shutil
import tempfile
import time

import oauth_site
from oauth_house import OAuthHouse


def day(ago):
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400 * ago))


class Lab:
    def __init__(self, build, preload, venv):
        self.build, self.preload, self.venv = build, preload, venv
        base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = tempfile.mkdtemp(prefix="daybook-external-", dir=base)
        # On a real disk, for what is measured there.
        self.disk = tempfile.mkdtemp(prefix="daybook-external-", dir="/var/tmp")
        self.open, self.sites, self.databases = [], [], {}

    def new(self, name, disk=False):
        return tempfile.mkdtemp(prefix=f"{name}-", dir=self.disk if disk else self.folder)

    def site(self, days=3, **how):
        """A site whose history is so many days long."""
        if days not in self.databases:
            self.databases[days] = oauth_site.prepare(self.venv, self.new("site"), day(days - 1))
        site = oauth_site.Site(self.venv, self.new("site"), self.databases[days], **how)
        self.open.append(site)
        self.sites.append(site)
        return site

    def house(self, site, disk=False):
        """An installation for it; nobody has signed in."""
        house = OAuthHouse(self.new("house", disk), self.build, self.preload, site)
        self.open.append(house)
        return house

    def signed_in(self, **how):
        """A site, and an installation of somebody who has signed in there."""
        site = self.site(**how)
        home = self.house(site)
        home.begin()
        home.sign_in()
        return site, home

    def close(self):
        for thing in reversed(self.open):
            thing.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.disk, ignore_errors=True)
