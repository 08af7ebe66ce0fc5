/// What one answer means.
///
/// Rows of the provider file come first, in their order; then this table. Nothing is ever inferred
/// from a failure: only a row of the file may say *empty*. What a row calls good must be a whole
/// document about the day asked, what it calls empty with a 200 a whole one about no other day, and
/// what it calls unchanged the answer to a question with an ETag; otherwise it is *later*.
///
/// | answer                                        | data, part, account… | token            |
/// | --------------------------------------------- | -------------------- | ---------------- |
/// | none arrived                                  | later                | later            |
/// | 200 and a whole document about the day asked  | good                 | good             |
/// | 200 and anything else                         | later                | later            |
/// | 200 and a page of HTML                        | page changed         | page changed     |
/// | 304 to a question with an ETag                | unchanged            | later            |
/// | 400 `invalid_grant`                           | bug                  | dead grant       |
/// | 400 `invalid_client`, `unauthorized_client`   | bug                  | denied           |
/// | 400 and no `error`, or one that passes        | bug                  | later            |
/// | 400 and any other `error`                     | bug                  | bug              |
/// | 401                                           | stale token          | denied           |
/// | 403                                           | denied               | denied           |
/// | 404, 405, 409, 416, 422, another 4xx          | bug                  | bug              |
/// | 408, 421, 425                                 | later                | later            |
/// | 410                                           | past reach           | ended            |
/// | 429                                           | limited              | limited          |
/// | 1xx, 2xx, 3xx, 5xx and what is no status      | later                | later            |
///
/// A revocation is good with 200, whatever comes with it (RFC 7009 §2.2), and else as in the first
/// column.
public func judge(_ q: Question) -> Judgement {
  guard let status = q.status else { return Judgement(.later, q.failure ?? "no answer") }
  if let row = q.rows.first(where: { q.holds($0) }) {
    return judgeRow(row, q, status).advised(row.advice)
  }
  switch status {
  case 200: return judgeDocument(q)
  case 304 where q.askedWithETag && q.kind != .token: return Judgement(.unchanged, "not modified")
  case 304: return Judgement(.later, "not modified (status 304), and nothing was asked about")
  case 400 where q.kind == .token: return judgeTokenError(q)
  case 401: return Judgement(q.kind == .token ? .denied : .staleToken, "status 401")
  case 403: return Judgement(.denied, "status 403")
  case 408, 421, 425: return Judgement(.later, "status \(status)")
  case 410: return Judgement(q.kind == .token ? .ended : .pastReach, "status 410")
  case 429: return Judgement(.limited, "status 429")
  case 400..<500:
    return Judgement(.bug, "status \(status), which no row of the provider file explains")
  case 300..<400:
    return Judgement(.later, "redirected (status \(status)); redirects are not followed")
  default: return Judgement(.later, "status \(status)")
  }
}

/// What a row says, as far as the answer bears it out.
private func judgeRow(_ row: AnswerRow, _ q: Question, _ status: Int) -> Judgement {
  switch row.means {
  case .good: return judgeDocument(q)
  case .empty where status == 200:
    // Nothing names a day where there is nothing; but what names another day is no answer.
    var about = q
    if about.belonging == .silent { about.belonging = .unasked }
    let document = judgeDocument(about)
    return document.verdict == .good ? Judgement(.empty, "status 200") : document
  case .unchanged where !q.askedWithETag:
    return Judgement(.later, "not modified, although nothing was asked about")
  default: return Judgement(row.means, "status \(status)")
  }
}

/// A 200 counts only with a document that is whole, valid and about the day that was asked.
private func judgeDocument(_ q: Question) -> Judgement {
  if q.kind == .revoke { return Judgement(.good, "revoked") }
  if let fault = q.fault {
    if fault.reason == .page { return Judgement(.pageChanged, "a page of HTML instead of data") }
    return Judgement(.later, "the body is no whole document: \(fault)")
  }
  switch q.belonging {
  case .fits, .unasked: return Judgement(.good, "")
  case .other: return Judgement(.later, "the answer is about another day")
  case .silent: return Judgement(.later, "the answer does not say which day it is about")
  }
}

/// RFC 6749 §5.2.
private func judgeTokenError(_ q: Question) -> Judgement {
  switch q.oauthError {
  case "invalid_grant": Judgement(.deadGrant, "invalid_grant")
  case "invalid_client", "unauthorized_client":
    Judgement(.denied, "\(q.oauthError ?? ""): check client_id and secret of the client")
  case "temporarily_unavailable", "server_error", "slow_down", nil:
    Judgement(.later, "status 400 at the token endpoint")
  case .some: Judgement(.bug, "status 400 at the token endpoint")
  }
}

/// Everything a judgement rests on.
public struct Question: Sendable {
  public var kind: CallKind
  public var stream: String?
  public var rows: [AnswerRow]
  /// Nil: no answer arrived, see `failure`.
  public var status: Int?
  public var failure: String?
  public var askedWithETag = false
  /// What the scanner says against the body.
  public var fault: DocumentFault?
  public var belonging = Belonging.unasked
  /// `error` of a token answer.
  public var oauthError: String?
  /// For each row with a pointer, the scalars found there; same order as ``rows``.
  public var found: [[String]] = []

  public enum Belonging: Sendable {
    /// The provider file does not say how to tell.
    case unasked
    case fits
    case other
    case silent
  }

  public init(kind: CallKind, stream: String? = nil, rows: [AnswerRow] = [], status: Int?) {
    self.kind = kind
    self.stream = stream
    self.rows = rows
    self.status = status
  }

  /// A row of the provider file speaks of the answer.
  public var isExplained: Bool { rows.contains { holds($0) } }

  func holds(_ row: AnswerRow) -> Bool {
    guard row.status == status, row.call == nil || row.call == kind,
      row.stream == nil || row.stream == stream
    else { return false }
    guard row.pointer != nil else { return true }
    guard let index = rows.firstIndex(of: row), index < found.count else { return false }
    // A body that was cut lacks much, and says nothing with it.
    guard row.lacks == nil else { return fault == nil && found[index].isEmpty }
    return found[index].contains { row.values.contains($0) }
  }
}

public struct Judgement: Hashable, Sendable {
  public var verdict: Verdict
  /// For people: why. Holds nothing the server wrote.
  public var reason: String
  /// What the provider file's row says to people, within `reason` too.
  public var advice: String?

  public init(_ verdict: Verdict, _ reason: String) {
    self.verdict = verdict
    self.reason = reason
  }

  func advised(_ advice: String?) -> Judgement {
    guard let advice else { return self }
    var out = self
    out.advice = advice
    out.reason += (reason.isEmpty ? "" : ": ") + advice
    return out
  }

  /// Another reason than the table's, with the file's advice.
  public func telling(_ text: String) -> String { text + (advice.map { ": " + $0 } ?? "") }
}
