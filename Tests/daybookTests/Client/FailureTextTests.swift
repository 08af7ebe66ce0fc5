import DaybookCore
import Testing

@testable import daybook

@Suite("The daemon's errors in words")
struct FailureTextTests {
  static let cases: [(ControlError, ExitStatus, String, String?)] = [
    (.noSuchAccount("x"), .problems, "no account 'x'", "see them: daybook status"),
    (.noSuchStream(account: "x", stream: "s"), .problems, "account 'x' has no stream 's'", nil),
    (.invalidRange("why"), .usage, "no such days: why", nil),
    (
      .signInNeeded(account: "x", command: "daybook login x"), .signInNeeded,
      "account 'x' needs a sign-in", "run: daybook login x"
    ),
    (
      .wrongPerson("x"), .signInNeeded,
      "that was another person's account; nothing was stored for 'x'",
      "sign out at the provider in the browser, then run: daybook login x"
    ),
    (
      .noLogin(account: "x", reason: "no client"), .problems, "'x' cannot sign in: no client",
      "check the settings: daybook check"
    ),
    (
      .loginFailed(account: "x", reason: "too old", command: "daybook login x"), .signInNeeded,
      "the sign-in of 'x' failed: too old", "run: daybook login x"
    ),
    (
      .accountSealed(account: "x", reason: "gone"), .problems, "account 'x' is sealed: gone",
      "to try the provider once more: daybook resume x --probe"
    ),
    (
      .archiveAway(path: "/nas"), .problems, "the archive /nas is away: is it mounted?",
      "if it really is gone: daybook verify --repair --yes"
    ),
    (
      .invalidSettings(["a:1:2: b", "c"]), .problems, "the settings have 2 problems: a:1:2: b; c",
      "check the settings: daybook check"
    ),
    (.busy("a verify"), .problems, "the daemon is busy: a verify", "try again in a moment"),
    (.shuttingDown, .unreachable, "the daemon is stopping", "run: systemctl status daybook"),
    (
      .permissionDenied, .problems, "only root and the daemon's own user may do this",
      "run it with sudo"
    ),
    (
      .methodNotFound("m"), .problems, "the daemon does not know 'm'",
      "compare the versions: daybook version"
    ),
    (
      .interfaceNotFound("i"), .problems, "the daemon does not know 'i'",
      "compare the versions: daybook version"
    ),
    (
      .invalidParameter("p"), .problems, "the daemon does not know 'p'",
      "compare the versions: daybook version"
    ),
    (
      .expectedMore, .problems, "the daemon answers this call with more than one reply only",
      "compare the versions: daybook version"
    ),
  ]

  @Test("each has its exit status, its words and what to do next", arguments: cases)
  func words(error: ControlError, status: ExitStatus, text: String, hint: String?) {
    let failure = FailureText.failure(
      error, error.response, SocketPath(option: nil, environment: [:]))
    #expect(failure == Failure(status, text, hint: hint, response: error.response))
  }

  @Test("what a server sent is made safe, in the text and in the hint")
  func escaped() {
    let evil = "\u{1b}[2J\n"
    let error = ControlError.loginFailed(account: evil, reason: evil, command: evil)
    let failure = FailureText.failure(
      error, error.response, SocketPath(option: nil, environment: [:]))
    #expect(!(failure.text + (failure.hint ?? "")).contains { $0 == "\u{1b}" || $0.isNewline })
  }
}
