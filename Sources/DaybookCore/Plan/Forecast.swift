/// How long a backlog will take: what the windows allow, or what has been measured where there are
/// none.
public enum Forecast {
  /// Seconds until `calls` more calls have been made.
  ///
  /// - Parameters:
  ///   - windows: all windows the calls must pass.
  ///   - rate: calls a second, as measured lately; 0 when unknown.
  /// - Returns: nil when nothing is known.
  public static func seconds(forCalls calls: Int, windows: [CallWindow], rate: Double) -> Int? {
    guard calls > 0 else { return 0 }
    let bounds = windows.map { window -> Double in
      let room = max(0, window.limit - window.used)
      let beyond = max(0, calls - room)
      return Double(beyond) * window.spec.seconds / Double(max(1, window.limit))
    }
    let paced = bounds.max() ?? 0
    guard rate > 0 else { return paced > 0 ? whole(paced) : nil }
    let measured = Double(calls) / rate
    // A burst measured while a window had room says nothing about the time it is closed.
    return whole(paced > 0 ? max(paced, min(measured, paced * 1.5)) : measured)
  }

  /// Rounded up; nobody waits for more than a century.
  private static func whole(_ seconds: Double) -> Int {
    Int(min(seconds, 100 * 366 * 86_400).rounded(.up))
  }
}
