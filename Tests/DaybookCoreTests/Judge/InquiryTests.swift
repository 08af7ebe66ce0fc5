import Testing

@testable import DaybookCore

@Suite("Inquiry: which scalars a judgement needs")
struct InquiryTests {
  @Test("where text is expected, what is no JSON is no fault, but a page of HTML is")
  func text() {
    var inquiry = Inquiry(kind: .token, rows: [])
    for (body, verdict) in [("a.b.c", Verdict.good), (" <html>", .pageChanged)] {
      let bytes = Array(body.utf8)
      let report = BodyScanner.scan(bytes, inquiry.plan())
      func judged() -> Verdict {
        judge(inquiry.question(status: 200, report: report, askedWithETag: false)).verdict
      }
      inquiry.expectsText = false
      #expect(judged() != .good)
      inquiry.expectsText = true
      #expect(judged() == verdict)
    }
  }

  private static func at(_ text: String) -> JSONPointer { JSONPointer(text) ?? .root }
  private static let belongs = Belongs(at: at("/0/date"), form: .compact)
  private static let rows = [
    AnswerRow(call: .token, status: 400, at: at("/error"), values: ["gone"], means: .ended),
    AnswerRow(call: .data, status: 200, at: at("/0/state"), values: ["none"], means: .empty),
    AnswerRow(status: 403, means: .limited),
    AnswerRow(stream: "sleep", status: 200, at: at("/x"), values: ["1"], means: .denied),
    AnswerRow(status: 200, at: at("/*/code"), values: ["7", "8"], means: .narrower),
  ]

  private func inquiry(
    _ kind: CallKind = .data, stream: String? = "storyline", belongs: Belongs? = Self.belongs,
    wanted: [String] = []
  ) -> Inquiry {
    Inquiry(
      kind: kind, stream: stream, rows: Self.rows, belongs: belongs, day: Day("2016-06-18"),
      wanted: wanted.map(Self.at))
  }

  private func question(
    _ inquiry: Inquiry, _ body: String, status: Int = 200, etag: Bool = false
  ) -> Question {
    let bytes = Array(body.utf8)
    return inquiry.question(
      status: status, report: BodyScanner.scan(bytes, inquiry.plan()), askedWithETag: etag)
  }

  @Test("only rows that can hold for the call are looked at") func rows() {
    #expect(inquiry().rows == [Self.rows[1], Self.rows[2], Self.rows[4]])
    #expect(inquiry(stream: "sleep").rows == Array(Self.rows[1...]))
    #expect(inquiry(.token, stream: nil).rows == [Self.rows[0], Self.rows[2], Self.rows[4]])
    #expect(inquiry(.account, stream: nil).rows == [Self.rows[2], Self.rows[4]])
  }

  @Test("the plan asks for the caller's own pointers, the OAuth error, the day, then the rows")
  func plan() {
    let day = inquiry(wanted: ["/a", "/b"]).plan(items: [Self.at("/0/segments")], volatile: [.root])
    #expect(day.capture.map(\.description) == ["/a", "/b", "/0/date", "/0/state", "/*/code"])
    #expect(day.items.map(\.description) == ["/0/segments"])
    #expect(day.volatile == [.root])
    let token = inquiry(.token, stream: nil, belongs: nil, wanted: ["/a"]).plan()
    #expect(token.capture.map(\.description) == ["/a", "/error", "/error", "/*/code"])
    #expect(token.items.isEmpty)
  }

  @Test("each scalar comes back to the one who asked for it") func mapping() {
    let some = inquiry(wanted: ["/1/a", "/0/list/*"])
    let body = """
      [{"date":"20160618","state":"none","list":[1,"two",true],"code":7},{"a":"A","code":9}]
      """
    let report = JSONScanner.scan(Array(body.utf8), some.plan())
    #expect(some.found(report).map { $0.map(\.text) } == [["A"], ["1", "two", "true"]])
    let q = question(some, body)
    #expect(q.found == [["none"], [], ["7", "9"]])
    #expect(q.belonging == .fits)
    #expect(q.oauthError == nil)
    #expect(q.kind == .data && q.stream == "storyline" && q.status == 200)
    #expect(judge(q).verdict == .empty)
  }

  @Test("a token answer's error is found beside the rows") func token() {
    let some = inquiry(.token, stream: nil, belongs: nil, wanted: ["/a"])
    let q = question(some, #"{"error":"invalid_grant","a":1}"#, status: 400)
    #expect(q.oauthError == "invalid_grant")
    #expect(q.found == [["invalid_grant"], [], []])
    #expect(judge(q).verdict == .deadGrant)
    #expect(judge(question(some, #"{"error":"gone"}"#, status: 400)).verdict == .ended)
    #expect(judge(question(some, #"{"error":1}"#, status: 400)).verdict == .bug)
    #expect(judge(question(some, "{}", status: 400)).verdict == .later)
  }

  @Test("a document that is not whole says nothing, not even an error", arguments: [200, 400, 401])
  func cut(status: Int) {
    let some = inquiry(.token, stream: nil, belongs: Self.belongs, wanted: ["/error"])
    let q = question(some, #"{"error":"invalid_grant","#, status: status)
    #expect(q.fault?.reason == .cut)
    #expect(q.oauthError == nil)
    let nothingFound = q.found.allSatisfy { $0.isEmpty }
    #expect(nothingFound)
    #expect(judge(q).verdict == (status == 401 ? .denied : .later))
  }

  @Test(
    "the day that an answer names must be the one asked, each time it is named",
    arguments: [
      (#"[{"date":"20160618"}]"#, .fits), (#"[{"date":20160618}]"#, .fits),
      (#"[{"date":"20160617"}]"#, .other), (#"[{"date":"2016-06-18"}]"#, .other),
      (#"[{"date":""}]"#, .other), (#"[{"date":null}]"#, .other), ("[]", .silent),
      (#"[{"dates":"20160618"}]"#, .silent), ("{}", .silent),
    ] as [(String, Question.Belonging)])
  func belonging(body: String, belonging: Question.Belonging) {
    #expect(question(inquiry(), body).belonging == belonging)
  }

  @Test("where an answer names several days, all must be the one asked") func several() {
    let every = Belongs(at: Self.at("/*/d"), form: .ymd)
    let good = question(inquiry(belongs: every), #"[{"d":"2016-06-18"},{"d":"2016-06-18"}]"#)
    #expect(good.belonging == .fits)
    let mixed = question(inquiry(belongs: every), #"[{"d":"2016-06-18"},{"d":"2016-06-19"}]"#)
    #expect(mixed.belonging == .other)
  }

  @Test("where nobody asked which day it is, no day is missed") func unasked() {
    #expect(question(inquiry(belongs: nil), "[]").belonging == .unasked)
    #expect(judge(question(inquiry(belongs: nil), "[]")).verdict == .good)
  }

  @Test(
    "a page of HTML is known by its beginning",
    arguments: [
      ("<!doctype html>", true), ("\r\n\t <html>", true), ("{}", false), ("", false),
      ("moved <a>", false), ("<moved/>", false),
    ])
  func html(body: String, isPage: Bool) {
    let q = question(inquiry(belongs: nil), body)
    #expect((q.fault?.reason == .page) == isPage)
    #expect((judge(q).verdict == .pageChanged) == isPage)
  }

  @Test("whether an ETag went along is passed on", arguments: [false, true])
  func etag(etag: Bool) {
    let q = question(inquiry(), "", status: 304, etag: etag)
    #expect(q.askedWithETag == etag)
    #expect(judge(q).verdict == (etag ? .unchanged : .later))
  }
}
