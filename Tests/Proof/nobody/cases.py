"""The attacks that must come to nothing, by their numbers, each with what must happen instead.

Where a sentence names another limit than one might expect, it is the product's: see Limits.swift.
What cannot be played from outside is proven by a test of the sources, which must be there.
"""

import collections
import os

import control
import dying
import files
import limits
import listener
import messages
import names
import secrecy
import text
import transport
import worlds

Case = collections.namedtuple("Case", "number sentence play swift", defaults=(None,))
TOP = os.path.normpath(os.path.join(os.path.dirname(__file__), "../../.."))

CASES = [
    Case(1, "another user calls what is for the owner: PermissionDenied, logged once a minute",
         control.foreign_writes),
    Case(2, "root by the word of SCM_CREDENTIALS: ignored", control.spoofed_credentials),
    Case(3, "the peer has ended and its number is root's now: who connected decides",
         control.reused_pid),
    Case(4, "1,000 connections: 32 are kept, the oldest idle ones go, days keep coming",
         control.thousand_connections),
    Case(5, "one byte a second: closed after 10 s", control.one_byte_a_second),
    Case(6, "a client never reads: nothing is read from it while 64 KiB wait, and replies that go "
         "on end it at 1 MiB", control.never_reads,
         ("Control/ControlAbuseTests.swift", "a reader that never reads is cut off at the limit")),
    Case(7, "1 GiB without NUL: closed at 64 KiB", control.endless_message),
    Case(8, "a depth of 100,000, of 60,000 and of 129: closed",
         messages.garbage("depth 60,000", "depth 100,000", "depth 129")),
    Case(9, "10^6 keys or a key twice: closed; 5,000 unknown keys: InvalidParameter",
         messages.many_keys),
    Case(10, "invalid or overlong UTF-8, lone surrogates, NUL: closed", messages.strange_text),
    Case(11, "1e999, -0, 2^64: InvalidParameter", messages.strange_numbers),
    Case(12, "unknown interface, method, member: an error that names it", messages.unknown_names),
    Case(13, "1,000 pipelined calls: answered in order, others are served in between",
         control.pipelined),
    Case(14, "a sign-in whose command was killed: void after 10 min", control.killed_login),
    Case(15, "descriptors passed along: the kernel closes them, the call is served",
         control.passed_descriptors),
    Case(16, "names of accounts that are none: refused by settings, socket and command",
         names.account_names),
    Case(17, "names of providers that are none: refused, and such files are not read",
         names.provider_names),
    Case(18, "ids of a server with ../ and %2f: encoded in requests, in no path; . and .. are none",
         names.server_ids),
    Case(19, "impossible dates of a server: nothing is stored or kept aside, the day waits",
         names.server_dates),
    Case(20, "hosts from data in the URLs of a provider file: refused at load",
         names.url_templates),
    Case(21, "a provider file that others own or may write: not loaded", names.foreign_files),
    Case(22, "provider files of 100 MB, deep, in loops: an error within 100 ms of CPU",
         names.bombs),
    Case(23, "plain http to another machine: refused at load", names.plain_http),
    Case(24, "the folder of a month is a link: not followed, nothing is written outside",
         files.linked_folder),
    Case(25, "links, pipes, devices, folders under the names of days: damage, put aside",
         files.strange_files),
    Case(26, "hard links of another's file at a day's and a temporary name: not written to",
         files.hard_links, ("../DaybookEngineTests/Archive/FileSystem/FileOperationsTests.swift",
                            "a new file needs a free name, whatever has it")),
    Case(27, "parts of the archive on other disks: written in place, nothing copied and deleted",
         files.several_disks),
    Case(28, "a read-only archive or state folder: days wait or exit 74, no token is refreshed",
         files.read_only),
    Case(29, "umask 000: databases 0600, archive 0640 and 0750 for its group, nothing for others",
         files.open_umask),
    Case(30, "databases of mode 0644: refuses to start, 74", files.open_databases),
    Case(31, "databases that are links: refuses to start, 74", files.linked_databases),
    Case(32, "canary secrets through every kind of sign-in and end: in the grants only",
         secrecy.everything),
    Case(33, "errors that echo the bearer: nothing of them is kept or logged", secrecy.echoes),
    Case(34, "libcurl's own debug lines: none is printed, though its callback is always on",
         secrecy.echoes, ("HTTP/EasyOptionsTests.swift",
                          "a request that libcurl repeats on its own is counted twice")),
    Case(35, "SIGABRT with unlimited cores: no core", dying.no_core),
    Case(36, "signals that end it: not a word", dying.silent_crash),
    Case(37, "status says nothing at all of tokens", dying.status_of_tokens),
    Case(38, "ESC, OSC 52, C1, CR, BEL, bidi in any text: shown, not obeyed", text.escapes),
    Case(39, "line ends in a server's text: one line in the log, no forged field", text.one_line,
         ("Journal/LogLineTests.swift",
          "nothing that a server sent makes a second line or moves the cursor")),
    Case(40, "the same with --json: valid JSON", text.json_stays),
    Case(41, "output to a pipe: no colours", text.no_colours),
    Case(42, "strangers at the listener of a sign-in: 400 and still waiting; it closes after the "
         "right one, and after 10 min", listener.strangers_at_the_listener),
    Case(43, "a code eight times: one exchange", listener.replayed_code),
    Case(44, "iss of another server: LoginFailed, no exchange", listener.other_issuer),
    Case(45, "a script in error=: nothing of it in page, output and log", listener.script_in_error),
    Case(46, "redirects of API and tokens elsewhere: nobody comes there", transport.redirects),
    Case(47, "proxies, bundles, key files, netrc in either environment: no effect",
         transport.environments),
    Case(48, "a name that leads to 127.0.0.1 or 169.254.169.254: its certificate is refused before "
         "a request is sent", transport.rebinding),
    Case(49, "certificates that are wrong: refused, and told why", transport.refused_certificates),
    Case(50, "TLS 1.1: refused", transport.old_tls),
    Case(51, "a downgrade to http: impossible", transport.downgrade),
    Case(52, "a full disk: nothing lost, back within 60 s of space; with the ledger on it exit 74 "
         "and the service manager starts it again", limits.full_disk),
    Case(53, "32 descriptors: it lives and loses nothing; 100: it works", limits.few_descriptors),
    Case(54, "64 MiB for a day: stored within 48 MB of memory; 256 MiB and more, or 64 MiB of "
         "anything else: refused", limits.huge_reply),
    Case(55, "1970 and 2100: nothing is asked that is not due, no day is made, no token lost",
         limits.ends_of_time),
    Case(56, "a second daemon: 75, within 1 s of CPU", limits.two_daemons),
    Case(57, "stopped for three windows: no call above the budget afterwards",
         limits.stopped_process),
    Case(58, "a secret in the settings, or in a file for everybody: refused, not shown",
         limits.open_secrets),
    Case("a", "an archive that is not mounted: waited for, nothing written or given up",
         worlds.unmounted),
    Case("b", "the wrong person signs in: WrongPerson, nothing changes", worlds.wrong_person),
    Case("c", "an outage that says 200 and nothing: no day replaced or closed",
         worlds.empty_outage),
    Case("d", "the same during the first reading: none closed, all come later",
         worlds.empty_backfill),
    Case("e", "one 410 for a day: beyond, and nothing else", worlds.stray_gone),
    Case("f", "one 410 at the token endpoint: tried again, nothing sealed", worlds.stray_token_end),
    Case("g", "a clock that is a year behind: nothing made, closed or sealed", limits.year_behind),
    Case("h", "a clock that is a year ahead: nothing made, closed or sealed", limits.year_ahead),
]


def missing_test(case):
    """What a case names in the sources and is not there; None: nothing."""
    if not case.swift:
        return None
    path, name = case.swift
    path = os.path.normpath(f"{TOP}/Tests/daybookdTests/{path}")
    if not os.path.exists(path):
        return f"no {os.path.relpath(path, TOP)}"
    with open(path) as file:
        return None if f'"{name}"' in file.read() else f"no test '{name}'"
