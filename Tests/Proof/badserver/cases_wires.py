"""82 to 98: TLS, names, HTTP/2, and time."""

import multiplex
import names
from cases import Case, every_day, today
from misdeeds import changed, handshake_cut, handshake_reset, late, reply, shown
from reactions import provisional, retried, stored, troubled, unreached


# libcurl compares names itself, and says no more of them than this.
OTHER = "peer certificate .* was not OK"


def another(answer):
    """The day is a little more each time."""
    answer.reply(200, changed(items=list(range(answer.nth + 1)))(answer.body))


def bad_tls(number, does, connection, why, **more):
    """Days for which no connection comes about."""
    return Case(number, does, None, unreached(why), connection=connection, tls=True, again=False,
                holds=True, **more)


def bad_name(number, does, trouble, why, **more):
    """A provider without a sign-in, whose name is the trouble."""
    more = {"least": 2, **more}
    return Case(number, does, None, unreached(why, most=400, least=more.pop("least")),
                domain=f"n{number}.daybook.test", trouble=trouble, tls=True, provider="open",
                again=False, holds=True, timeout="2s", **more)


def over_h2(number, does, misdeed, reaction, **more):
    return Case(number, does, misdeed, reaction, tls=True, h2=True, **more)


CASES = [
    bad_tls(82, "a certificate that has expired", shown("expired"), "certificate has expired"),
    bad_tls(83, "a certificate for another name", shown("elsewhere"),
            OTHER),
    bad_tls(84, "a certificate signed by itself", shown("own"), "certificate is signed by itself"),
    bad_tls(85, "TLS 1.0 alone", shown("old"), "TLS failed"),
    bad_tls(86, "a handshake that is cut", handshake_cut, "TLS failed|in the middle"),
    bad_name(87, "a name that is not there", names.NO_NAME, "name not found"),
    bad_name(88, "a name server that fails", names.SERVER_FAILURE, "name not found"),
    bad_name(89, "a name server that is silent", names.SILENT, "name not found|timed out"),
    bad_name(90, "a public name that leads here: the certificate tells", names.NO_ERROR,
             OTHER, connection=shown("elsewhere")),
    over_h2(91, "GOAWAY in the middle of a stream", multiplex.goaway,
            retried("malformed|in the middle", sends=6)),
    over_h2(92, "RST_STREAM, refused", multiplex.refused, retried("in the middle", sends=6)),
    over_h2(93, "silence on one stream", multiplex.silent, retried("timed out"), timeout="2s"),
    # It stays dead when the server is good again: a new connection is needed.
    over_h2(93, "silence on the connection, PING too", multiplex.dead,
            troubled("timed out", most=20, least=1), timeout="2s", hits=every_day, again=False,
            house="alone"),
    over_h2(94, "no stream is permitted", multiplex.refused,
            troubled("timed out|middle", most=5 * 4 * 6, least=1), streams=0, timeout="2s",
            hits=every_day, again=False),
    over_h2(94, "one stream at a time", reply(), stored(), streams=1, again=False,
            hits=lambda host, request: False),
    over_h2(95, "20,000 headers", multiplex.bomb, retried("too large|middle|malformed", sends=6)),
    Case(96, "RST at TLS, over and over: hardly any calls", None, unreached("TLS failed|middle"),
         connection=handshake_reset, tls=True, again=False, holds=True, house="alone"),
    Case(97, "an answer that comes after it was asked again", late, stored(most=2), timeout="1s",
         again=False),
    Case(98, "past midnight there, a today that changes: it stays open", another, provisional,
         ahead=86_400, house="clock", hits=today, bad_at=0, again_at=0),
]
