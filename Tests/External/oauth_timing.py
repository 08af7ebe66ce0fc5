"""How long a new pair of tokens is nowhere but in the daemon's memory.

From the moment at which the server has made its answer and hands it to the socket (the recorder's
`end`) to the moment at which the fsync of the account book's log has returned (told by the counter
that is loaded into the daemon), both by CLOCK_MONOTONIC. The server's own sending, the network and
all of the daemon's work are within. The state folder is on a real disk.
"""

from oauth_scenarios import expect

ROTATIONS = 40


def rotate(lab):
    """Milliseconds of each rotation, and what was wrong: a token that was used before its commit,
    say."""
    problems = []
    site = lab.site()
    home = lab.house(site, disk=True)
    home.begin(count=f"{home.folder}/points")
    home.sign_in()
    for count in range(1, ROTATIONS + 1):
        site.expire()
        expect(problems, "days read", home.resync(), 3)
    home.end()
    commits = synced(f"{home.folder}/points")
    times = []
    for call in site.token_calls():
        commit = next(at for at in commits if at > call["end"])
        times.append((commit - call["end"]) * 1000)
        uses = [use["begin"] for use in site.calls() if use.get("path") != "/o/token/"
                and use.get("access") == call["access"]]
        if not uses or min(uses) < commit:
            problems.append("a new token was used before its commit")
    expect(problems, "rotations", len(times), ROTATIONS)
    return times, problems


def synced(path):
    """When the log of the account book was synced."""
    with open(path) as file:
        lines = [line.split() for line in file]
    return [float(line[1]) for line in lines
            if line[0] == "fsync" and line[2:] == ["/accounts.sqlite-wal"]]
