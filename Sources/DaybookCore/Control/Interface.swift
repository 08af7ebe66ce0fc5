/// The control socket's protocol: Varlink interface `org.daybook.Control` (https://varlink.org).
/// Both ends compile this file; `GetInterfaceDescription` returns this very text.
///
/// | version | change |
/// | ------- | ------ |
/// | 1       | first |
public enum ControlInterface {
  public static let name = "org.daybook.Control"
  public static let vendor = "Daybook"
  public static let product = "daybookd"
  public static let url = "https://varlink.org"

  public static let description = """
    # Drives daybookd, the daemon that keeps a copy of a person's days.
    # Days are YYYY-MM-DD, moments RFC 3339 in UTC, durations whole seconds.
    interface org.daybook.Control

    # How many days of a stream are in each state.
    type Stream (
      name: string,
      missing: int,
      open: int,
      final: int,
      confirmed: int,
      refused: int,
      beyond: int,
      failing: int,
      damaged: int
    )

    # A rate limit: calls counted now, of how many, in how many seconds.
    type Window (name: string, per: string, seconds: float, limit: int, used: int)

    # An account. state: working, idle, waiting, paused, sign-in-needed, sealed, removed, stopped.
    type Account (
      name: string,
      provider: string,
      state: string,
      reason: ?string,
      until: ?string,
      first_day: ?string,
      zone: ?string,
      streams: []Stream,
      windows: []Window,
      calls: int,
      rate: float,
      eta: ?int,
      last_day: ?string,
      last_at: ?string,
      sunset: ?string,
      successor: ?string
    )

    # state: ready, paused, archive-away, disk-full, clock-untrusted, stopping.
    type Daemon (
      version: string,
      pid: int,
      state: string,
      reason: ?string,
      since: string,
      archive: string,
      days: int,
      missing: int
    )

    # A line of the journal.
    type Entry (
      at: string,
      priority: int,
      message: string,
      text: string,
      account: ?string,
      stream: ?string,
      day: ?string
    )

    # A step the daemon would take next. class: forced, urgent, fresh, backfill, verify.
    type Step (
      account: string,
      action: string,
      stream: ?string,
      day: ?string,
      class: ?string,
      at: ?string,
      why: ?string
    )

    # Something that verify found. what: missing, size, hash, unknown, temporary, invalid.
    type Finding (path: string, what: string, action: string)

    # The daemon and its accounts; with more, one account in each reply.
    method Status(account: ?string) -> (daemon: Daemon, accounts: []Account)

    # Needs more. First the state as Status gives it, then every change and every journal line.
    method Watch(account: ?string) -> (daemon: ?Daemon, accounts: []Account, entries: []Entry)

    # Reads days again, without asking for changes only. No range: open days and the last 7.
    # With more, replies follow until each day has one good read or a verdict.
    method Resync(account: string, stream: ?string, from: ?string, to: ?string, all: ?bool) -> (
      id: int,
      total: int,
      done: int,
      changed: int,
      refused: int,
      state: string
    )

    # Stops calls for an account, or for all; calls in flight end.
    method Pause(account: ?string) -> ()

    # Goes on; with probe, makes one call for a sealed account and unseals it if that succeeds.
    method Resume(account: ?string, probe: ?bool) -> ()

    # Begins a sign-in: open url in a browser, give what it is redirected to to LoginComplete.
    # redirect_uri: only where the reply had one of the loopback without a port, for which the
    # provider takes any; the same with the port that the caller listens at.
    method LoginBegin(account: string, redirect_uri: ?string) -> (
      url: string,
      redirect_uri: string,
      expires: string
    )

    # Ends a sign-in with the redirected URL.
    method LoginComplete(account: string, url: string) -> (
      granted: []string,
      missing: []string,
      first_day: ?string,
      days: int,
      streams: []string,
      eta: ?int
    )

    # Forgets the grant. The archive stays.
    method Logout(account: string) -> ()

    # One character a day: . missing, o open, # final, r refused, b beyond, f failing, d damaged,
    # e open or final without items, - outside the account's days. With more, one stream in each
    # reply; without, one account and stream only.
    method Days(account: ?string, stream: ?string, year: ?int) -> (
      account: string,
      stream: string,
      from: string,
      days: string
    )

    # What would be done next, at most limit steps.
    method Plan(account: ?string, limit: ?int) -> (steps: []Step)

    # Compares archive and ledger: sizes, with deep also hashes; with repair, mends what it finds.
    # yes: go on although much is missing. With more, progress in each reply.
    method Verify(account: ?string, deep: ?bool, repair: ?bool, yes: ?bool) -> (
      checked: int,
      total: int,
      findings: []Finding,
      done: bool
    )

    # Reads the settings and provider files again.
    method Reload() -> (changes: []string)

    error NoSuchAccount (account: string)
    error NoSuchStream (account: string, stream: string)
    error InvalidRange (reason: string)
    error SignInNeeded (account: string, command: string)
    error WrongPerson (account: string)
    error NoLogin (account: string, reason: string)
    error LoginFailed (account: string, reason: string, command: string)
    error AccountSealed (account: string, reason: string)
    error ArchiveAway (path: string)
    error InvalidSettings (problems: []string)
    error Busy (reason: string)
    error ShuttingDown ()
    """
}
