/// One more call for each item of a day's list: the track of a walk, the file of a training. There
/// is one level of it, and what such a part brings is stored as it comes.
///
/// The day is then a file `DATE.parts.json`: `{"list": [...], "parts": [...]}`, the list as it would
/// have been stored without parts, and for each part its item, name, file, size and SHA-256. The
/// files of the parts stand beside it.
public struct Each: Hashable, Sendable {
  /// Where an element of the list says its id: a pointer within the element.
  public var item: JSONPointer
  public var form: ItemForm
  /// Only elements that have a value here, within them, have parts.
  public var condition: JSONPointer?
  /// At least one, with different names.
  public var parts: [PartSpec]

  public init(
    item: JSONPointer, form: ItemForm = .text, condition: JSONPointer? = nil, parts: [PartSpec]
  ) {
    self.item = item
    self.form = form
    self.condition = condition
    self.parts = parts
  }

  /// Of a stream with parts.
  public static let fileExtension = "parts.json"

  public func part(_ name: String) -> PartSpec? { parts.first { $0.name == name } }

  /// What is looked for within an element, as pointers from the root.
  func facts(below element: JSONPointer) -> [JSONPointer] {
    ([item] + (condition.map { [$0] } ?? [])).map {
      JSONPointer(segments: element.segments + $0.segments)
    }
  }

  /// The id of an element, from what was found of ``facts(below:)``; nil: it has no parts.
  ///
  /// - Throws: ``Fault`` for an id that cannot be asked for.
  public func id(_ found: [JSONScalar?]) throws(Fault) -> String? {
    if condition != nil, found.dropFirst().first.flatMap({ $0 })?.isSomething != true {
      return nil
    }
    guard let text = found.first.flatMap({ $0 })?.text else { throw .silent }
    let id = form == .tail ? String(text.split(separator: "/").last ?? "") : text
    guard RequestBuilder.isSegment(id), id.utf8.count <= Limits.itemBytes,
      id.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
    else { throw .strange }
    return id
  }

  public enum Fault: String, Error, Sendable {
    case silent = "an item of the list does not say its id"
    case strange = "an item of the list has an id that cannot be asked for"
    case tooMany = "the list has more items than can be asked for"
  }
}

/// How an item says its id.
public enum ItemForm: String, CaseIterable, Sendable {
  case text
  /// What is behind the last slash.
  case tail
}

/// One kind of part.
public struct PartSpec: Hashable, Sendable {
  public var name: String
  /// With the placeholder `{item}` beside those of a day's request.
  public var request: Request
  public var document: Document
  /// Of its file.
  public var fileExtension: String
  /// Without this scope the part is left out.
  public var scope: String?

  public init(
    name: String, request: Request, document: Document = .json, fileExtension: String? = nil,
    scope: String? = nil
  ) {
    self.name = name
    self.request = request
    self.document = document
    self.fileExtension = fileExtension ?? document.fileExtension
    self.scope = scope
  }
}

extension JSONScalar {
  /// Not empty, `null` or `false`.
  fileprivate var isSomething: Bool {
    kind == .literal ? text == "true" : !text.isEmpty
  }
}
