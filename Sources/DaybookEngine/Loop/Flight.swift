import DaybookCore

/// A call that has left, and what its answer is for.
struct Flight {
  var lane: Int
  var purpose: Purpose
  var inquiry: Inquiry
  var sentAt: BootTime
  /// Owner of the client whose windows it passed.
  var client: String
  var url: String
  /// Of the token it carried.
  var generation: Int?
  var askedWithETag = false

  enum Purpose {
    case days(DaysRead)
    /// The first of the parts that this read is still to ask for.
    case part(DaysRead)
    /// An earlier part of the history, to find where it begins.
    case walk(WalkPart)
    /// Facts that come from this path.
    case facts(String)
    case index(stream: Int)
    case changes(stream: Int, ChangesRead)
    case refresh
    /// Code for tokens; the login that waits for it.
    case exchange(PendingLogin)
    /// Who signed in: nothing is stored before this is known.
    case identity(PendingLogin, Grant, [UInt8]?)
    /// A step of a form sign-in; without a login that waits for it, a renewal.
    case form(FormSignIn, PendingLogin?)
    case revoke
  }

  /// Token calls are outside the windows: no provider counts them against the data budget.
  var usesWindows: Bool {
    switch purpose {
    case .days, .part, .walk, .facts, .index, .changes, .identity: true
    case .refresh, .exchange, .form, .revoke: false
    }
  }
}

/// A sign-in that was begun.
struct PendingLogin {
  var lane: Int
  /// Of a code.
  var state = ""
  var verifier: Secret?
  var redirectURI = ""
  /// What was pasted, of `login: key`.
  var key: Secret?
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
