/// What a text is rendered for. Texts are pure functions of what they show and of this.
struct Look: Hashable, Sendable {
  /// Cells of a line. A text keeps within them where it can.
  var columns = 80
  var colour = false

  /// Fewer columns than this are treated as this many: nothing readable fits.
  static let narrowest = 20

  /// `text` in a style, or as it is where there are no colours.
  func paint(_ text: String, _ style: Style?) -> String {
    guard colour, let style, !text.isEmpty else { return text }
    return "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m"
  }
}

/// Styles as ECMA-48 numbers them (SGR).
enum Style: String, Sendable {
  case bold = "1"
  case dim = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"
  case blue = "34"
  case cyan = "36"
}
