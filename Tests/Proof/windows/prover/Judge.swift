import DaybookCore
import DaybookSimulator
import Foundation

/// What the provider answers is said from outside, request by request, at the moment at which each
/// arrives.
final class Judge {
  private(set) var isGone = false

  /// A line with the moment, in microseconds since 1970, and the account goes out; `STATUS` comes
  /// in, with `\tNAME: VALUE` for each header.
  func answer(_ request: SimRequest, at moment: Instant) -> SimResponse {
    print(moment.microseconds, request.components[0])
    fflush(nil)
    guard let parts = readLine()?.split(separator: "\t"), let status = Int(parts[0]) else {
      isGone = true
      return SimResponse(503)
    }
    var response = SimResponse(status)
    response.headers = parts.dropFirst().map { field in
      let halves = field.split(separator: ":", maxSplits: 1)
      return SimField(String(halves[0]), halves[1].trimmingCharacters(in: .whitespaces))
    }
    if status == 200 { response.body = Judge.day(request) }
    return response
  }

  private static func day(_ request: SimRequest) -> [UInt8] {
    Array("{\"day\":\"\(request.components[1])\",\"items\":[1,2,3]}".utf8)
  }
}
