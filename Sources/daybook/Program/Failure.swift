import DaybookCore

/// Why a command ends without what it was asked for, and how.
struct Failure: Error, Equatable {
  var status: ExitStatus
  /// One line for people, safe for a terminal. Empty: there is nothing to say.
  var text: String
  /// What to run or do next.
  var hint: String?
  /// The daemon's error as it came, for `--json`.
  var response: VarlinkResponse?

  init(
    _ status: ExitStatus, _ text: String, hint: String? = nil, response: VarlinkResponse? = nil
  ) {
    self.status = status
    self.text = text
    self.hint = hint
    self.response = response
  }
}
