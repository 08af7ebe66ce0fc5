/// Kinds of trouble. A life has about half of them: with all of them in every life the rare ones
/// would hardly meet alone (swarm testing: Groce et al., ISSTA 2012).
enum Trouble: String, CaseIterable {
  /// Answers that are late, cut, wrong or refused.
  case answers
  case kill, reboot, stop, suspend, clockStep
  /// Tokens end before their time; the provider forgets that somebody agreed.
  case tokens, revocation
  case fullDisk, brokenDisk, awayDisk
  /// The provider halves its limit, and says nothing.
  case halvedLimit
  /// The provider file, or the list of accounts, is edited.
  case providerFile, accounts
  /// Many commands at once.
  case flood
  case pause, resync, verify
  /// The service has lost its data, and says 200.
  case outage
  /// One answer says that the day, or the service, is gone.
  case stray410
  /// Files of the archive are altered behind the daemon's back.
  case damage
  case lostLedger
}

/// Answers that go wrong: the numbered cases of a list of 98 that can be told apart without a
/// socket. Rates are for a life in which all of them are on.
enum AnswerFaults {
  static let all = [
    "data:status=500@rate=0.05", "data:status=502@rate=0.05", "data:status=503@rate=0.05",
    "data:status=504@rate=0.025", "data:status=503,retry-after=7@rate=0.05",
    "data:status=503,retry-after=date+40@rate=0.025", "data:status=503,retry-after=soon@rate=0.025",
    "data:status=503,retry-after=-5@rate=0.025", "data:status=503,retry-after=315360000@rate=0.005",
    "data:status=429@rate=0.0125", "data:status=429,retry-after=30@rate=0.025",
    "data:status=408@rate=0.025", "data:status=425@rate=0.025", "data:status=400@rate=0.005",
    "data:status=409@rate=0.005", "data:status=422@rate=0.005", "data:status=999@rate=0.0125",
    "data:status=204@rate=0.025", "data:status=206@rate=0.0125", "data:status=302@rate=0.025",
    "data:status=303@rate=0.0125", "data:status=304@rate=0.0125", "data:status=403@rate=0.005",
    "data:status=404@rate=0.0125",
    "data:html@rate=0.05", "data:empty@rate=0.05", "data:noise@rate=0.05",
    "data:duplicate-keys@rate=0.025", "data:wrong-day@rate=0.025",
    "data:cut=0,framing=close@rate=0.05", "data:cut=100,framing=close@rate=0.075",
    "data:cut=100,framing=length@rate=0.05", "data:malformed=status-line@rate=0.025",
    "data:stall@rate=0.0125", "data:stall=50@rate=0.0125", "data:delay=30@rate=0.05",
    "data:delay=150@rate=0.0125", "data:refused@rate=0.05", "data:reset@rate=0.05",
    "data:reset=90@rate=0.05", "any:reset,processed@rate=0.05", "any:date=3600@rate=0.05",
    "any:date=-3600@rate=0.05",
    "token:status=503,processed@rate=0.4", "token:status=500@rate=0.4", "token:html@rate=0.25",
    "token:reset,processed@first=2", "token:delay=30@rate=0.25", "token:empty@rate=0.25",
    "account:status=502@rate=0.4", "account:html@rate=0.25", "account:stall@rate=0.125",
    "index:status=503@rate=0.4", "index:empty@rate=0.25",
  ]
}
