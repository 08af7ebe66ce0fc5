/// Why the daemon cannot start: lines for people, and how to end.
struct StartFailure: Error, Hashable {
  var lines: [String]
  var status: Int32

  init(_ lines: [String], _ status: ExitStatus) {
    self.lines = lines
    self.status = status.rawValue
  }

  init(_ line: String, status: Int32) {
    lines = [line]
    self.status = status
  }
}

/// Does one step of the start; what it throws becomes a line and this exit status.
func starting<Made, Failure: Error>(
  _ status: ExitStatus, _ step: () throws(Failure) -> Made
) throws(StartFailure) -> Made {
  do throws(Failure) { return try step() } catch { throw StartFailure(["\(error)"], status) }
}
