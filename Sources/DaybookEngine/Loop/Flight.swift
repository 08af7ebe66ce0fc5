import DaybookCore

/// A call that has left, and what its answer is for.
struct Flight {
  var lane: Int
  var purpose: Purpose
  var inquiry: Inquiry
  var sentAt: BootTime
  /// Owner of the client whose windows it passed.
  var client: String
  /// Of the token it carried.
  var generation: Int?
  var askedWithETag = false

  enum Purpose {
    case day(DayWork)
    /// Facts that come from this path.
    case facts(String)
    case index(stream: Int)
    case refresh
    /// Code for tokens; the login that waits for it.
    case exchange(PendingLogin)
    /// Who signed in: nothing is stored before this is known.
    case identity(PendingLogin, Grant, [UInt8])
    case revoke
  }

  /// Token calls are outside the windows: no provider counts them against the data budget.
  var usesWindows: Bool {
    switch purpose {
    case .day, .facts, .index, .identity: true
    case .refresh, .exchange, .revoke: false
    }
  }
}

/// A sign-in that was begun.
struct PendingLogin {
  var lane: Int
  var state: String
  var verifier: Secret?
  var redirectURI: String
  var expires: BootTime
  /// Who waits for the end of it.
  var command: CommandID?
}

/// A day whose bytes are on the way into the archive.
struct Filing {
  var lane: Int
  var work: DayWork
  var before: DayRow?
  var outcome: Settling.Outcome
  var read: Read
  var etag: String?
  var item: PersistItem
}
