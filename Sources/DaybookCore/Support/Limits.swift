/// Every bound of the product, with its unit and its reason. A limit that is not here does not
/// exist; code that needs one takes it from here.
public enum Limits {
  // HTTP.
  /// Bytes of one day's body after decoding. A second-by-second heart-rate day is about 5 MB.
  public static let bodyBytes: Int64 = 256 << 20
  /// Bytes of an answer kept in memory: token answers, errors, profiles.
  public static let smallBodyBytes = 1 << 20
  /// Bytes of one answer's header lines together; libcurl allows 300 kB.
  public static let headerBytes = 64 << 10
  /// Bytes of a token: opaque, but nobody sends more than 16 KiB (RFC 6749 §1.4).
  public static let tokenBytes = 16 << 10
  /// Cookies of one site; browsers must keep 50 (RFC 6265 §6.1), few sites set ten.
  public static let cookies = 50
  /// Bytes of a cookie's name, value and path together (RFC 6265 §6.1).
  public static let cookieBytes = 4_096
  /// Redirects that one page of a form sign-in may take; browsers follow 20, sites use one or two.
  public static let formRedirects = 5
  /// Bytes of a redirect's path and query.
  public static let locationBytes = 2_048
  /// Inputs of one page that are looked at.
  public static let formInputs = 1_000
  /// Letters and digits of an id in a page.
  public static let formIDCharacters = 128
  /// Characters of a user name or a password.
  public static let credentialCharacters = 1_024
  /// Characters of a sentence that a provider file has for people: two lines of a terminal.
  public static let sentenceCharacters = 160
  /// Seconds that a token is believed to live at most: ten years. More is as good as endless.
  public static let tokenLife: Int64 = 10 * 366 * 86_400
  /// Connecting may take this long before the address counts as unreachable.
  public static let connectTimeout = Duration.seconds(10)
  /// A call is given up after this long unless the account says otherwise.
  public static let callTimeout = Duration.seconds(120)
  /// A call slower than `stallBytesPerSecond` for this long is given up.
  public static let stallTimeout = Duration.seconds(30)
  public static let stallBytesPerSecond = 200
  /// Transfers at once over all accounts; more would only queue in the kernel.
  public static let transfers = 64
  /// Calls in flight for one account: enough to hide the latency of a fast window.
  public static let callsInFlightPerLane = 8
  /// An idle connection is not reused after this long; servers close theirs at 60 s or later.
  public static let idleConnection = Duration.seconds(30)
  /// Serial queues that scan and write bodies; a transfer stays on one of them.
  public static let bodyQueues = 4
  /// Bytes of one transfer waiting for its body queue before its connection is paused.
  public static let bodyQueueBytes = 256 << 10
  /// Bytes that one read from the network (at most 16 KiB) may expand to together with what waits.
  /// 256 to 1: documents reach 30 to 1, only bombs are denser.
  public static let expansionBytes = 4 << 20

  /// Bytes of an ETag worth keeping.
  public static let etagBytes = 256

  // JSON, XML and YAML.
  /// Nesting of a document. Deeper ones come from attackers, not from providers.
  public static let jsonDepth = 128
  /// Elements around each other in a document of XML, as for JSON.
  public static let xmlDepth = 128
  /// Bytes given to the XML parser at once.
  public static let xmlBlockBytes = 16 << 10
  /// Bytes of one tag, comment, instruction or run of white space in XML: the parser holds them
  /// until they end. Tags of charts have hundreds.
  public static let xmlTokenBytes = 64 << 10
  /// Bytes of an XML declaration; ordinary ones have 40.
  public static let xmlDeclarationBytes = 1 << 10
  /// Different names of elements and attributes in one document, and bytes of each: the parser
  /// keeps them all. Charts have dozens.
  public static let xmlNames = 1_024
  public static let xmlNameBytes = 256
  /// Entities that a provider file may list, and bytes of each name; HTML has names of 31.
  public static let xmlEntities = 256
  public static let xmlEntityBytes = 32
  /// Bytes of one scalar that the scanner reports from a body: the token of a page goes into a
  /// URL, and has some hundred.
  public static let capturedBytes = 2 << 10
  /// Elements of one answer that are cut into days, about 100 bytes each: a month of what comes
  /// each minute, not each second.
  public static let elements = 50_000
  /// Pages of one answer; more come from a server that repeats itself.
  public static let pages = 1_000
  /// Scalars reported from one body.
  public static let capturedValues = 4_096
  /// Kinds of parts that an item may have; services have one or two.
  public static let partsOfItem = 8
  /// Bytes of an item's id: numbers and words, in a path.
  public static let itemBytes = 256
  /// Calls for the parts of one read: a month of a very busy person. Three scalars of each are
  /// reported when a day's file is checked.
  public static let partsOfRead = 1_200
  /// Files read from one folder of provider files; there are a dozen providers.
  public static let providerFiles = 256
  /// Different pointers of one scan: they are the bits of a word. A provider file needs about ten.
  public static let scanPointers = 64
  /// Bytes of a settings or provider file.
  public static let yamlBytes = 1 << 20
  /// Nesting of a settings or provider file.
  public static let yamlDepth = 16
  /// Of these, what one stream's items, volatile values and day and the answer rows may take; the
  /// rest is for what the engine looks for itself.
  public static let providerPointers = 48
  /// Characters of a wrong value that a message shows; enough to find it again.
  public static let quotedCharacters = 40
  /// Names that are compared with a misspelt one, and listed beside it.
  public static let suggestions = 64

  // Zones.
  /// Bytes of a compiled zone; the largest of tzdata has 4 kB.
  public static let zoneBytes = 64 << 10
  /// Bytes of a zone's name; the longest of tzdata has 32.
  public static let zoneNameBytes = 64

  // Control socket.
  /// Bytes of one message to the daemon.
  public static let controlMessageBytes = 64 << 10
  /// Bytes waiting for a slow reader before it is cut off.
  public static let controlQueueBytes = 1 << 20
  /// While so many bytes wait for a client to read them, nothing more is read from it.
  public static let controlUnreadBytes = 64 << 10
  /// Clients at once; the oldest idle one goes first.
  public static let controlClients = 32
  /// Calls of one client not yet answered.
  public static let controlOutstanding = 16
  /// A message begun must end within this time.
  public static let controlMessageTime = Duration.seconds(10)
  /// Bytes of one reply that the command reads: a stream's days over centuries, or 1,000 steps.
  public static let controlReplyBytes = 16 << 20
  /// The command gives up when a call that does no work of its own is not answered for this long.
  public static let controlPatience = Duration.seconds(30)
  /// Bytes of one request that the command's sign-in listener reads: browsers send long cookies.
  public static let redirectRequestBytes = 64 << 10
  /// Connections to the sign-in listener at once, and how long each may take: a browser opens
  /// two or three, anything more is no browser.
  public static let redirectConnections = 16
  public static let redirectTime = Duration.seconds(10)
  /// So long after its URL was opened a sign-in that brings nothing may have gone wrong: reading a
  /// page and typing a password take less.
  public static let redirectDoubt = Duration.seconds(60)
  /// Findings of one `verify` that are listed; further ones are only counted.
  public static let findings = 1_000
  /// Journal lines gathered for watchers between two messages.
  public static let watchedEntries = 200
  /// Problems of refused settings that are logged; all of them are answered.
  public static let toldProblems = 20
  /// Rows that `plan` lists at most.
  public static let planRows = 1_000

  // Journal.
  /// Lines waiting for somebody who reads our standard error slowly; more are dropped and counted.
  public static let logLinesWaiting = 1_000

  /// Refused calls over the control socket are logged at most once in this time.
  public static let deniedLogInterval = Duration.minutes(1)

  // Work.
  /// The daemon never sleeps longer, so that clock steps and suspend heal by themselves.
  public static let longestSleep = Duration.minutes(15)
  /// Calls of a turn in the ring of one client.
  public static let callsInTurn = 4
  /// Days of a lane taken from the ledger in one query.
  public static let daysInQuery = 32
  /// Accounts of one installation.
  public static let accounts = 100_000
  /// Streams of one provider.
  public static let streams = 64
  /// Days of one resync: a hundred years.
  public static let resyncDays = 36_525
  /// A sign-in that was begun ends after this long.
  public static let loginLife = Duration.minutes(10)
  /// A refresh that worked says for so long that the service has not ended.
  public static let tokenWord = Duration.hours(1)
  /// A free disk is looked for this often while writing is paused.
  public static let probeInterval = Duration.seconds(30)
  /// Progress lines of one account in the journal: at most one in this time.
  public static let progressInterval = Duration.seconds(30)
  /// Runs of one window (see ``CallWindow``).
  public static let windowRuns = 257
  /// Runs of one stored window: beside those of ends there may be some of calls given up, which
  /// may still arrive.
  public static let storedRuns = 2 * windowRuns
  /// Calls that one run of a stored window may hold; more come from damaged bytes.
  public static let callsInRun: UInt64 = 1 << 40
  /// Microseconds from any moment of a stored window to any other, or to 1970: a thousand years.
  /// More come from damaged bytes.
  public static let storedSpan: UInt64 = 1_000 * 366 * 86_400 * 1_000_000
  /// Seconds that an answer may make us wait: a day, after which asking once does no harm.
  public static let toldWait: Int64 = 86_400

  // Ledger.
  /// Waiting for the lock of a database; only a forgotten other program can hold it.
  public static let databaseLockTimeout = Duration.seconds(5)
  /// Pages (4 KiB) in the write-ahead log before it is moved into the database.
  public static let databaseLogPages = 4_000
  /// Bytes the log's file keeps after it was moved.
  public static let databaseLogBytes = 32 << 20
  /// Statements kept prepared by one connection: about four times what there are.
  public static let databaseStatements = 512

  // Archive.
  /// Days put under their names in one go: their files and folders are open at once.
  public static let persistBatch = 128
  /// Written bodies kept open until their fsync; more are closed and opened again.
  public static let heldSpools = 128
  /// Folders remembered as durable, about 100 bytes each; forgetting one costs a sync.
  public static let durableFolders = 65_536
  /// Different reads of one day in one second; there can be one, unless a clock stands still.
  public static let versionsOfOneSecond = 16
  /// Bytes of the file that looks for space: a few would fit where a day does not.
  public static let probeBytes = 64 << 10
  /// Bytes read from a file at once.
  public static let fileChunkBytes = 64 << 10
}
