import Testing

@testable import DaybookCore

@Suite("What an answer means, where the provider file says nothing")
struct JudgeTests {
  enum Document: CaseIterable { case whole, unasked, other, silent, broken, html }

  /// What a judgement rests on, one value of each kind.
  struct Situation {
    var kind: CallKind
    var status: Int?
    var document: Document
    var etag: Bool
    var error: String?

    var question: Question {
      var q = Question(kind: kind, stream: "storyline", status: status)
      q.askedWithETag = etag
      q.oauthError = error
      switch document {
      case .whole: q.belonging = .fits
      case .unasked: q.belonging = .unasked
      case .other: q.belonging = .other
      case .silent: q.belonging = .silent
      case .broken: q.fault = DocumentFault(offset: 7, reason: .cut)
      case .html: q.fault = DocumentFault(offset: 0, reason: .page)
      }
      return q
    }
  }

  /// One row of the table; nil: any.
  struct Row: CustomStringConvertible {
    var description: String
    var statuses: [Int]?
    var verdict: Verdict
    var kinds: [CallKind] = CallKind.allCases
    var documents: [Document] = Document.allCases
    var etag: Bool?
    var errors: [String?]?

    init(
      _ description: String, _ statuses: [Int]?, _ verdict: Verdict,
      kinds: [CallKind] = CallKind.allCases, documents: [Document] = Document.allCases,
      etag: Bool? = nil, errors: [String?]? = nil
    ) {
      self.description = description
      self.statuses = statuses
      self.verdict = verdict
      self.kinds = kinds
      self.documents = documents
      self.etag = etag
      self.errors = errors
    }

    func holds(_ s: Situation) -> Bool {
      (statuses?.contains { $0 == s.status } ?? true) && kinds.contains(s.kind)
        && documents.contains(s.document) && (etag ?? s.etag) == s.etag
        && (errors?.contains { $0 == s.error } ?? true)
    }
  }

  static let others: [CallKind] = [.data, .part, .index, .account, .revoke]
  static let table: [Row] = [
    Row("a revocation", [200], .good, kinds: [.revoke]),
    Row("a whole document", [200], .good, documents: [.whole, .unasked]),
    Row("a page of HTML", [200], .pageChanged, documents: [.html]),
    Row("anything else with 200", [200], .later, documents: [.other, .silent, .broken]),
    Row("not modified", [304], .unchanged, kinds: others, etag: true),
    Row("not modified, unasked", [304], .later),
    Row("dead grant", [400], .deadGrant, kinds: [.token], errors: ["invalid_grant"]),
    Row(
      "wrong client", [400], .denied, kinds: [.token],
      errors: ["invalid_client", "unauthorized_client"]),
    Row(
      "token trouble", [400], .later, kinds: [.token],
      errors: [nil, "temporarily_unavailable", "server_error", "slow_down"]),
    Row("token error of ours", [400], .bug, kinds: [.token]),
    Row("bad request", [400], .bug, kinds: others),
    Row("token call denied", [401], .denied, kinds: [.token]),
    Row("stale token", [401], .staleToken, kinds: others),
    Row("denied", [403], .denied),
    Row("passing trouble", [408, 421, 425], .later),
    Row("token call gone", [410], .ended, kinds: [.token]),
    Row("gone", [410], .pastReach, kinds: others),
    Row("limited", [429], .limited),
    Row(
      "errors of ours", [402, 404, 405, 406, 409, 411, 414, 416, 418, 422, 426, 431, 451, 499],
      .bug),
    Row("informational", [100, 101, 102, 103, 199], .later),
    Row("success without a document", [201, 202, 203, 204, 205, 206, 226, 299], .later),
    Row("redirect", [300, 301, 302, 303, 305, 307, 308, 399], .later),
    Row("server error", [500, 501, 502, 503, 504, 511, 520, 599], .later),
    Row("no status", [-1, 0, 1, 99, 600, 999, .max, .min], .later),
  ]

  private static var situations: [Situation] {
    let errors = [
      nil, "invalid_grant", "invalid_client", "unauthorized_client", "temporarily_unavailable",
      "server_error", "slow_down", "invalid_request", "invalid_scope", "", "INVALID_GRANT",
    ]
    var out: [Situation] = []
    for status in table.flatMap({ $0.statuses ?? [] }) {
      for kind in CallKind.allCases {
        for document in Document.allCases {
          for etag in [false, true] {
            for error in status == 400 ? errors : [nil, "invalid_grant"] {
              out.append(
                Situation(kind: kind, status: status, document: document, etag: etag, error: error))
            }
          }
        }
      }
    }
    return out
  }

  @Test("every situation is judged by the first row of the table that holds", arguments: table)
  func whole(row: Row) {
    var count = 0
    for situation in Self.situations {
      let first = Self.table.first { $0.holds(situation) }
      guard first?.description == row.description else { continue }
      count += 1
      let judgement = judge(situation.question)
      #expect(judgement.verdict == row.verdict, "\(situation)")
    }
    #expect(count > 0)
  }

  @Test("without an answer it is later, and says why", arguments: CallKind.allCases)
  func none(kind: CallKind) {
    var q = Question(kind: kind, status: nil)
    #expect(judge(q) == Judgement(.later, "no answer"))
    q.failure = "timed out"
    #expect(judge(q) == Judgement(.later, "timed out"))
  }

  @Test("nothing but a row of the provider file says empty, narrower or ended for a day")
  func neverInferred() {
    for situation in Self.situations where situation.kind != .token {
      let verdict = judge(situation.question).verdict
      #expect(verdict != .empty && verdict != .narrower && verdict != .ended)
    }
  }

  @Test("a reason quotes nothing that the server wrote") func quotes() {
    for text in ["<script>", "invalid_grant\u{1B}[2J", "x y"] {
      let situation = Situation(
        kind: .token, status: 400, document: .whole, etag: false, error: text)
      #expect(judge(situation.question).verdict == .bug)
      #expect(!judge(situation.question).reason.contains(text))
    }
  }

  @Test("every judgement but a good one gives a reason") func reasons() {
    for situation in Self.situations {
      let judgement = judge(situation.question)
      #expect((judgement.verdict == .good && situation.kind != .revoke) == judgement.reason.isEmpty)
    }
  }

  @Test(
    "a row about what is lacking holds for a whole document only",
    arguments: [
      ([], nil, Verdict.denied), (["minute"], nil, .good), (["null"], nil, .good),
      ([], DocumentFault.Reason.cut, .later), ([], .grammar, .later),
    ] as [([String], DocumentFault.Reason?, Verdict)])
  func lacks(_ found: [String], _ fault: DocumentFault.Reason?, _ verdict: Verdict) {
    let kind = JSONPointer(segments: [.key("kind")])
    let row = AnswerRow(stream: "steps", status: 200, lacks: kind, means: .denied)
    var q = Question(kind: .data, stream: "steps", rows: [row], status: 200)
    q.found = [found]
    q.fault = fault.map { DocumentFault(offset: 9, reason: $0) }
    #expect(judge(q).verdict == verdict)
    q.stream = "other"
    q.fault = nil
    #expect(judge(q).verdict == .good)
  }
}
