import DaybookCore

/// An app registered at a provider: its per-app windows, and the ring in which its lanes take
/// turns. An account without a client has one of its own.
final class ClientState {
  /// `c:NAME`, or `a:NAME` for an account without a client.
  let owner: String
  let id: String?
  let secret: Secret?
  var windows: [CallWindow]
  /// See ``ClientSettings/testing``.
  var testing = false
  /// Lanes that may have something to do, next first.
  var ring: [Int] = []

  init(owner: String, id: String?, secret: Secret?, windows: [CallWindow]) {
    self.owner = owner
    self.id = id
    self.secret = secret
    self.windows = windows
  }

  /// Several accounts may share it; otherwise it belongs to one account, and has its name.
  var isShared: Bool { owner.hasPrefix("c:") }

  func end(sends: Int, now: Now, arrivingBy latest: BootTime? = nil) {
    for i in windows.indices { windows[i].end(at: now, sends: sends, arrivingBy: latest) }
  }
}

/// A stream of a lane.
struct LaneStream {
  var spec: StreamSpec
  var row: StreamRow
  /// Counts or bounds differ from what the ledger holds.
  var isDirty = false
  /// After a call for many days that failed: how many one may ask for now.
  var narrowed: Int?
  /// Days of one call.
  var span: Int { min(spec.span, narrowed ?? spec.span) }
  var indexReadAt: BootTime?
  var indexInFlight = false
  var changes = ChangesState.rest
}

/// The work of one account: what the engine keeps in memory. Everything in it can be read again
/// from the two databases and the settings.
final class Lane {
  let id: Int
  var account: AccountRow
  var settings: AccountSettings
  var provider: Provider
  var client: ClientState
  /// By number; streams that the settings leave out are not here.
  var streams: [LaneStream]
  var record: AccountRecord
  var grant: Grant? {
    didSet { if grant != nil { lockedBy = nil } }
  }
  /// The id of the key that a stored grant is encrypted with, and that nobody gave.
  var lockedBy: String?
  var zone: Zone
  /// Per user.
  var windows: [CallWindow]

  var queue = WorkQueue()
  /// Days whose call or file is under way. Their order is never looked at.
  var busy: Set<DayKey> = []
  var inFlight = 0
  var isInRing = false
  var sleepsUntil: BootTime?
  /// Counts the turns of all lanes: when its last whole one was, and its calls since.
  var turn: UInt64 = 0
  var callsOfTurn = 0

  // Trouble.
  var failures = 0
  var notBefore: BootTime?
  /// The provider said when to come back, and what the ledger has of it; a good answer to a call that
  /// had left before does not change that.
  var toldUntil: BootTime?
  var keptUntil: BootTime?
  var troubleSince: BootTime?
  /// What the provider file says about the trouble.
  var advice: String?
  /// In a row, and when the last of them came.
  var refusals = 0
  var refusedAt: BootTime?
  /// Our own fault was found: the lane rests until a reload.
  var stopped: String?
  var goneStreams: [Int: Instant] = [:]
  /// Why it was sealed, while one call shows whether the provider is back.
  var probing: String?
  /// Of a sealed account with open days: when they were last read.
  var lastSeen: Day?

  // Tokens.
  var refreshing = false
  /// A 401 came for the current token.
  var mustRefresh = false
  var refreshFailures = 0
  /// The previous refresh token has been tried instead of the current one.
  var triedPrevious = false
  /// Tokens in a row that were refused before they ever worked.
  var newTokensRefused = 0
  /// Generation of the grant that the refresh under way, or the last one, was for.
  var refreshedGeneration: Int?
  /// A crash may have lost the answer to a refresh: ask again at once.
  var intentOpen = false
  /// An answer with data says that the service has ended, and since when the token endpoint does.
  var dataIsGone = false
  var tokensGoneSince: BootTime?
  var refreshRetryAt: BootTime?
  /// When a refresh last worked.
  var refreshedAt: BootTime?
  /// A sign-in of which it is to be asked whose it is, once a window has room.
  var toIdentify: (login: PendingLogin, grant: Grant, answer: [UInt8]?)?
  /// It is being asked who has signed in for the first time: nothing else is, until that is known.
  /// A refresh meanwhile would be undone by the tokens of the sign-in.
  var identifying = false
  /// Answered when the facts are known.
  var loginToFinish: PendingLogin?

  // Facts.
  var pendingFacts: [String] = []
  var factInFlight = false
  /// How far back the history was looked for; see ``WalkBack``.
  var walk: WalkBack?
  /// A part of it of which a page has come, and there are more.
  var walkPart: WalkPart?
  var walkInFlight = false
  /// A walk that found nothing begins anew after a while.
  var walkAgainAt: BootTime?

  // Days.
  /// Reads of which a page has come and the next one is to be asked for, oldest first.
  var pagesToAsk: [DaysRead] = []
  /// The day up to which rows were made.
  var today: Day?
  var nextDue: Instant?
  var verifyAt: BootTime?

  // Telling.
  var calls = 0
  var storedTimes: [BootTime] = []
  var lastStored: (day: Day, at: Instant)?
  var lastProgress: (at: BootTime, stored: Int)?
  var pausedReason: String?
  /// The end of the wait that was told last.
  var pausedUntil: BootTime?
  var backfillWasComplete = false
  /// It takes part in the batch being handled.
  var isTouched = false

  init(
    account: AccountRow, settings: AccountSettings, provider: Provider, client: ClientState,
    streams: [LaneStream], record: AccountRecord, zone: Zone, windows: [CallWindow]
  ) {
    id = account.id
    self.account = account
    self.settings = settings
    self.provider = provider
    self.client = client
    self.streams = streams
    self.record = record
    self.zone = zone
    self.windows = windows
  }

  var name: String { account.name }
  var builder: RequestBuilder {
    RequestBuilder(provider: provider, settings: settings, id: record.person)
  }
  var timeout: Duration { settings.timeout ?? Limits.callTimeout }
  /// No call before this moment, after trouble.
  var waitsUntil: BootTime? { [notBefore, toldUntil].compactMap { $0 }.max() }
  /// All windows a call must pass.
  var allWindows: [CallWindow] { windows + client.windows }

  var missing: Int {
    streams.reduce(0) { $0 + $1.row.counts[.missing] + $1.row.counts[.failing] }
  }
  /// Calls that bring what is missing.
  var callsToCome: Int {
    streams.reduce(0) { sum, stream in
      let days = stream.row.counts[.missing] + stream.row.counts[.failing]
      return sum + (days + stream.spec.span - 1) / stream.spec.span
    }
  }
  var callsPerDay: Double { missing == 0 ? 1 : Double(callsToCome) / Double(missing) }
  var stored: Int { streams.reduce(0) { $0 + $1.row.counts.stored } }

  func index(ofStream number: Int) -> Int? { streams.firstIndex { $0.row.number == number } }
  func stream(_ number: Int) -> LaneStream? { streams.first { $0.row.number == number } }

  /// A call for many days failed: the next one asks for half of them.
  func narrow(_ number: Int, from days: Int) {
    guard let i = index(ofStream: number) else { return }
    streams[i].narrowed = max(1, days / 2)
  }

  /// A call came back: the next one may ask for twice as many days.
  func widen(_ number: Int) {
    guard let i = index(ofStream: number), let narrowed = streams[i].narrowed else { return }
    streams[i].narrowed = narrowed * 2 < streams[i].spec.span ? narrowed * 2 : nil
  }

  /// A row changes: keeps the counts of its stream true.
  func recount(from old: DayRow?, to new: DayRow) {
    guard let i = index(ofStream: new.key.stream) else { return }
    if let old { streams[i].row.counts.remove(old) }
    streams[i].row.counts.add(new)
    streams[i].isDirty = true
  }

  /// Goes on waiting for the answer that another lane of this account waited for.
  func awaitRefresh(of old: Lane) {
    refreshing = old.refreshing
    refreshedGeneration = old.refreshedGeneration
    if refreshing { intentOpen = false }
  }
}
