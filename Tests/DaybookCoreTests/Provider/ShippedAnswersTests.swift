import Testing

@testable import DaybookCore

/// What the services are known to answer, and what their files make of it.
@Suite("Answers as the installed files understand them")
struct ShippedAnswersTests {
  struct Case: Sendable, CustomStringConvertible {
    var provider: String
    var call: CallKind
    var stream: String?
    var status: Int
    var body: String
    var verdict: Verdict

    init(
      _ provider: String, _ call: CallKind, _ stream: String?, _ status: Int, _ body: String,
      _ verdict: Verdict
    ) {
      self.provider = provider
      self.call = call
      self.stream = stream
      self.status = status
      self.body = body
      self.verdict = verdict
    }

    var description: String { "\(provider) \(call) \(stream ?? "") \(status) \(body)" }

    func question() throws -> Question {
      let file = try Shipped.provider(provider)
      let inquiry = Inquiry(kind: call, stream: stream, rows: file.answers)
      let report = BodyScanner.scan(Array(body.utf8), inquiry.plan())
      return inquiry.question(status: status, report: report, askedWithETag: false)
    }
  }

  private static func fitbitError(_ type: String) -> String {
    #"{"errors":[{"errorType":"\#(type)","message":"token abc","fieldName":"n/a"}],"success":false}"#
  }

  private static let moves: [Case] = [
    Case("moves", .token, nil, 400, #"{"error":"invalid_grant"}"#, .deadGrant),
    Case("moves", .token, nil, 400, #"{"error":"invalid_client"}"#, .denied),
    Case("moves", .data, "storyline", 429, "", .limited),
  ]

  private static let ownTracks: [Case] = [
    Case(
      "owntracks", .account, nil, 200, #"{"error":"Cannot lsscan requested directory"}"#, .later),
    Case("owntracks", .index, nil, 200, #"{"error":"Cannot lsscan requested directory"}"#, .later),
    Case("owntracks", .index, nil, 200, #"{"results":[]}"#, .good),
    Case("owntracks", .data, "locations", 416, "", .bug),
  ]

  private static let fitbit: [Case] = [
    Case("fitbit", .token, nil, 400, fitbitError("invalid_grant"), .deadGrant),
    Case("fitbit", .token, nil, 400, fitbitError("invalid_client"), .denied),
    Case("fitbit", .token, nil, 400, fitbitError("system"), .later),
    Case("fitbit", .token, nil, 410, "", .ended),
    Case("fitbit", .data, "steps", 410, "", .ended),
    Case("fitbit", .account, nil, 410, "", .ended),
    Case("fitbit", .data, "weight", 409, fitbitError("invalid_request"), .later),
    Case("fitbit", .data, "steps", 401, fitbitError("expired_token"), .staleToken),
    Case("fitbit", .data, "heart", 403, fitbitError("insufficient_scope"), .denied),
    Case("fitbit", .data, "hrv", 200, #"{"hrv":[]}"#, .good),
  ]

  private static let fitbitSite: [Case] = [
    Case("fitbit-site", .data, "steps", 302, "", .staleToken),
    Case("fitbit-site", .data, "steps", 503, "<html>down</html>", .later),
  ]

  private static let googleHealth: [Case] = [
    Case(
      "google-health", .account, nil, 400,
      #"{"error":{"code":400,"details":[{"reason":"ACCOUNT_NOT_LINKED"}]}}"#, .deadGrant),
    Case(
      "google-health", .data, "steps", 400,
      #"{"error":{"code":400,"details":[{"reason":"ACCOUNT_NOT_LINKED"}]}}"#, .deadGrant),
    Case(
      "google-health", .data, "steps", 400,
      #"{"error":{"code":400,"details":[{"reason":"INVALID_DATA_POINT_FILTER_SYNTAX"}]}}"#, .bug),
    Case("google-health", .account, nil, 403, #"{"error":{"code":403}}"#, .empty),
    Case("google-health", .part, "exercise", 404, #"{"error":{"code":404}}"#, .empty),
    Case("google-health", .data, "exercise", 404, #"{"error":{"code":404}}"#, .bug),
    Case("google-health", .data, "sleep", 403, #"{"error":{"code":403}}"#, .denied),
    Case("google-health", .token, nil, 400, #"{"error":"invalid_grant"}"#, .deadGrant),
  ]

  private static let cases: [Case] = {
    let activities = ["steps", "calories", "distance", "floors", "elevation"]
    return moves + ownTracks + fitbit + fitbitSite + googleHealth + heart
      + activities.flatMap { minutes($0) }
  }()

  /// With the minutes, without them, and cut off before them.
  private static func minutes(_ stream: String) -> [Case] {
    let day = #"{"activities-\#(stream)":[{"dateTime":"2024-02-05","value":"37"}]"#
    let set = #","activities-\#(stream)-intraday":{"dataset":[],"datasetType":"minute"}}"#
    return [
      Case("fitbit", .data, stream, 200, day + set, .good),
      Case("fitbit", .data, stream, 200, day + "}", .denied),
      Case("fitbit", .data, stream, 200, day, .later),
    ]
  }

  private static let heart: [Case] = ["heart", "heart-1s"].flatMap { stream -> [Case] in
    let set = #"{"activities-heart-intraday":{"dataset":[],"datasetType":"second"}}"#
    return [
      Case("fitbit", .data, stream, 200, set, .good),
      Case("fitbit", .data, stream, 200, #"{"activities-heart":[]}"#, .denied),
    ]
  }

  @Test("an answer means what it should", arguments: cases)
  func verdicts(_ it: Case) throws {
    #expect(judge(try it.question()).verdict == it.verdict)
  }

  @Test("every row of every file decides at least one of these answers", arguments: Shipped.names)
  func everyRow(name: String) throws {
    let deciding = try Self.cases.filter { $0.provider == name }.compactMap { it in
      let question = try it.question()
      return question.rows.first { question.holds($0) }
    }
    for row in try Shipped.provider(name).answers { #expect(deciding.contains(row), "\(row)") }
  }
}
