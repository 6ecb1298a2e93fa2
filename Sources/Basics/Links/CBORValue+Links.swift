// SPDX-License-Identifier: MIT

extension CBORValue {
    /// A body's change with each link in it replaced by another.
    ///
    /// Links stand where values stand: as a field's value, a key's, a set's element, or a part's;
    /// `Docs/Formats/Changes.md` says how these are told from acts and lists.
    package func replacingLinks(_ replace: (Link) throws(Failure) -> Link) throws(Failure)
        -> CBORValue
    {
        if let link = Link(self) { return try replace(link).value }
        switch self {
        case .array(let items): return .array(try CBORValue.replacing(in: items, replace))
        case .map(let pairs):
            var replaced: [CBORValue: CBORValue] = [:]
            for (key, value) in pairs {
                // Elements of a set may be two numbers, which only look like a link.
                if case .array(let elements) = value, key == .text("+") || key == .text("-") {
                    replaced[key] = .array(try CBORValue.replacing(in: elements, replace))
                } else {
                    replaced[key] = try value.replacingLinks(replace)
                }
            }
            return .map(replaced)
        case .unsigned, .negative, .bytes, .text, .bool, .null: return self
        }
    }

    private static func replacing(
        in items: [CBORValue], _ replace: (Link) throws(Failure) -> Link
    ) throws(Failure) -> [CBORValue] {
        var replaced: [CBORValue] = []
        for item in items { replaced.append(try item.replacingLinks(replace)) }
        return replaced
    }
}
