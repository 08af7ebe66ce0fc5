/// The control socket's protocol: Varlink interface `org.daybook.Control` (https://varlink.org).
/// Both ends compile this file; `GetInterfaceDescription` returns this very text.
///
/// | version | change |
/// | ------- | ------ |
/// | 1       | first |
/// | 1.1     | sign-in by token and form: `LoginBegin` tells `kind`, `LoginComplete` takes either |
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
      days_left: ?int,
      successor: ?string,
      timeline: ?string,
      last_seen: ?string,
      sign_in_ends: ?string
    )

    # Accounts that tell one person's history: the first and last day that one of them holds, how
    # many days one of them holds, and how many there are from the first until today.
    type Timeline (
      name: string,
      accounts: []string,
      first: ?string,
      last: ?string,
      held: int,
      days: int
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

    # User name and password of a form sign-in.
    type Credentials (user: string, password: string)

    # A scope that was not granted, and the streams that are refused for want of it.
    type Loss (scope: string, streams: []string)

    # Something that verify found. what: missing, size, hash, unknown, temporary, invalid.
    type Finding (path: string, what: string, action: string)

    # The daemon, its accounts and the timelines of two accounts or more; with more, one account in
    # each reply, and a timeline with the last of its accounts.
    method Status(account: ?string) -> (
      daemon: Daemon,
      accounts: []Account,
      timelines: []Timeline
    )

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

    # Begins a sign-in; kind says which. code: open url in a browser, and give what it is redirected
    # to to LoginComplete. token, key: give as token what the person has from the provider. form: give the
    # person's user name and password. help: what the provider file says about it.
    # redirect_uri: only where the reply had one of the loopback without a port, for which the
    # provider takes any; the same with the port that the caller listens at.
    method LoginBegin(account: string, redirect_uri: ?string) -> (
      kind: string,
      url: ?string,
      redirect_uri: ?string,
      expires: string,
      help: ?string
    )

    # Ends a sign-in with one of url, token and fields, as its kind wants. ends: when somebody will
    # have to sign in again, if that is known.
    method LoginComplete(account: string, url: ?string, token: ?string, fields: ?Credentials) -> (
      granted: []string,
      missing: []string,
      first_day: ?string,
      days: int,
      streams: []string,
      eta: ?int,
      lost: []Loss,
      ends: ?string
    )

    # Forgets the grant. The archive stays.
    method Logout(account: string) -> ()

    # One character a day: . missing, o open, # final, r refused, b beyond, f failing, d damaged,
    # e open or final without items, - outside the account's days. With more, one stream in each
    # reply; without, one account and stream only. account may name a timeline, of which each day
    # has the best character of its accounts, in the order # o e f d . r b -, stream by stream;
    # without account, accounts of one timeline are shown so. accounts: those that have the stream
    # of a timeline. last_seen: the day on which open days of a sealed account were last read.
    method Days(account: ?string, stream: ?string, year: ?int) -> (
      account: string,
      stream: string,
      from: string,
      days: string,
      accounts: ?[]string,
      last_seen: ?string
    )

    # What would be done next, at most limit steps.
    method Plan(account: ?string, limit: ?int) -> (steps: []Step)

    # Compares archive and ledger: sizes, with deep also hashes; with repair, mends what it finds.
    # yes: go on although much is missing. With more, progress in each reply; with sums too, lines for
    # sha256sum(1) of the files since the reply before: days as the ledger has them, all others read.
    method Verify(account: ?string, deep: ?bool, repair: ?bool, yes: ?bool, sums: ?bool) -> (
      checked: int,
      total: int,
      findings: []Finding,
      done: bool,
      sums: ?[]string
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
