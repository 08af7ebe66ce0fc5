// What the days of a stream are: the keys `document` and `entities`.
extension Document {
  /// Takes both keys from a stream; JSON when they are left out.
  init(_ map: MapDecoder) {
    let kind = map.take(
      "document", .word(from: [("json", Document.json), ("xml", .xml(entities: []))]))
    let entities = map.take("entities", .list(of: .entity))
    guard kind?.isXML == true else {
      if entities != nil { map.report("'entities' is for 'document: xml' only", at: "entities") }
      self = .json
      return
    }
    if let count = entities?.count, count > Limits.xmlEntities {
      map.report("more than \(Limits.xmlEntities) entities", at: "entities")
    }
    self = .xml(entities: entities ?? [])
  }
}

extension Reader where Value == String {
  /// The name of an entity, without `&` and `;`.
  fileprivate static var entity: Reader {
    .text("the name of an entity such as hellip").checked { name in
      if EntityText.known.contains(name) { return "\(quoted(name)) is known without being listed" }
      return EntityText.isName(name) ? nil : "\(quoted(name)) is no name of an entity"
    }
  }
}
