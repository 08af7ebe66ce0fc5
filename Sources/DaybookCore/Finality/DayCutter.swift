/// Sorts the elements of an answer that covers several days by the day that each says it belongs
/// to. It works on places in bytes: what an element holds is nobody's business here.
///
/// An element that names no day, or one that was not asked for, shows that the answer is not what
/// it should be; then nothing of it is believed, also not that the other days have no elements.
public struct DayCutter: Sendable {
  /// A run of bytes of the `source`-th page.
  public struct Piece: Hashable, Sendable {
    public var source: Int
    public var start: Int64
    public var length: Int64

    public init(source: Int, start: Int64, length: Int64) {
      self.source = source
      self.start = start
      self.length = length
    }
  }

  public enum Fault: String, Error, Sendable {
    case tooMany = "the answer has more elements than can be told apart"
    case silent = "an element does not say which day it belongs to"
    case other = "an element belongs to a day that was not asked for"
  }

  private let belongs: Belongs
  private let zone: Zone
  private let asked: ClosedRange<Day>
  private var pieces: [Day: [Piece]] = [:]
  private var pages = 0

  /// `asked` are the days of the request, those of the pad included.
  public init(belongs: Belongs, zone: Zone, asked: ClosedRange<Day>) {
    self.belongs = belongs
    self.zone = zone
    self.asked = asked
  }

  /// Takes the elements of the next page; nil: there were too many.
  public mutating func add(_ elements: [ScannedElement]?) throws(Fault) {
    guard let elements else { throw .tooMany }
    for element in elements {
      let found = element.found.prefix(belongs.pointers.count)
        .map { scalar in scalar.map { [$0] } ?? [] }
      guard let text = belongs.form.texts(found).first, let day = belongs.day(text, in: zone) else {
        throw .silent
      }
      guard asked.contains(day) else { throw .other }
      pieces[day, default: []].append(
        Piece(source: pages, start: element.start, length: element.length))
    }
    pages += 1
  }

  /// The elements of a day, in the order received; none: the answer has none for it.
  public func pieces(of day: Day) -> [Piece] { pieces[day] ?? [] }
}
