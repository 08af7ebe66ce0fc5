import DaybookCore

/// A comparison of archive and ledger that is under way: one piece (a stream's year) after another,
/// so that neither memory nor the queue notices how large the archive is.
struct Verification {
  struct Piece: Hashable {
    var lane: Int
    var stream: Int
    var year: Int
  }

  struct Run {
    var id: UInt64
    var request: VerifyRequest
    /// Nil: the daemon's own, at its start.
    var command: CommandID?
    var wantsProgress = false
    var pieces: [Piece]
    var next = 0
    var progress = VerifyProgress()
    /// What the piece under way was to find.
    var rows: [Day: Digest] = [:]
    /// Rows whose file is gone or altered; marked at the end, unless too much is missing.
    var damaged: [DayKey] = []
    var adopted = 0
    var rebuilds = false
    /// The daemon's own, after a process that did not stop in order. What is read anew soonest is
    /// seen first, and days wait for it.
    var isAtStart = false {
      didSet {
        if !rebuilds { pieces.sort { $0.year > $1.year } }
        unseen = Set(pieces)
      }
    }
    /// Pieces that are to be seen before their days are read. Their order is never looked at.
    var unseen: Set<Piece> = []
    /// Of all accounts.
    var isWhole: Bool { request.account == nil }
  }

  var run: Run?
  /// Who has said that the archive is gone: it is being made anew, and then everything is missing.
  var remade: (command: Command, request: VerifyRequest)?
  var lastID: UInt64 = 0

  mutating func forget(_ command: CommandID) {
    if run?.command == command { run?.command = nil }
    if remade?.command.id == command { remade = nil }
  }
}
