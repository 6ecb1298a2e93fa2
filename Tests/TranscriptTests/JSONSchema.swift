// SPDX-License-Identifier: MIT
import Foundation
import Testing

/// The part of JSON Schema that `Docs/Json.schema.json` is written in. A word of a schema that this
/// does not know stops the tests, so that nothing in the file goes unchecked.
struct JSONSchema {
    private let definitions: [String: JSONValue]

    /// The file that comes with the page.
    static func ofPage() throws -> JSONSchema {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try JSONSchema(at: root.appending(path: "Docs/Json.schema.json"))
    }

    init(at file: URL) throws {
        let document = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: file))
        guard case .object(let definitions)? = document["$defs"] else {
            throw CocoaError(.fileReadCorruptFile)
        }
        self.definitions = definitions
    }

    func has(_ name: String) -> Bool { definitions[name] != nil }

    var names: [String] { definitions.keys.sorted() }

    /// What of a document a definition does not allow, each with its path; a key that no part of
    /// the definition names is one of them.
    func faults(of value: JSONValue, as name: String) -> [String] {
        check(value, .object(["$ref": .text("#/$defs/\(name)")]), at: name)
            + unknownKeys(value, resolved(name), at: name)
    }

    private func resolved(_ name: String) -> JSONValue {
        .object(["$ref": .text("#/$defs/\(name)")])
    }

    private func check(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
        guard case .object(let words) = schema else { return ["\(path): the schema is no object"] }
        return words.sorted { $0.key < $1.key }.flatMap { word, rule in
            faults(value, word, rule, words, at: path)
        }
    }

    private func faults(
        _ value: JSONValue, _ word: String, _ rule: JSONValue, _ words: [String: JSONValue],
        at path: String
    ) -> [String] {
        switch word {
        case "$ref": return check(value, target(rule), at: path)
        case "type":
            let types = rule.text.map { [$0] } ?? rule.items.compactMap(\.text)
            return types.contains(value.type) ? [] : ["\(path): \(value.type) is not \(types)"]
        case "enum": return rule.items.contains(value) ? [] : ["\(path): \(value) is no choice"]
        case "pattern":
            guard let text = value.text, let pattern = rule.text else { return [] }
            let isFitting = text.range(of: pattern, options: .regularExpression) != nil
            return isFitting ? [] : ["\(path): '\(text)' is not \(pattern)"]
        case "minimum":
            guard case .integer(let number) = value, case .integer(let least) = rule else {
                return []
            }
            return number >= least ? [] : ["\(path): \(number) is below \(least)"]
        case "required":
            return rule.items.compactMap(\.text).filter { value[$0] == nil }
                .map { "\(path): '\($0)' is missing" }
        case "properties": return properties(value, rule, at: path)
        case "additionalProperties": return others(value, rule, words["properties"], at: path)
        case "items":
            return value.items.enumerated().flatMap { check($1, rule, at: "\(path)[\($0)]") }
        case "allOf": return rule.items.flatMap { check(value, $0, at: path) }
        case "anyOf":
            let isAny = rule.items.contains { check(value, $0, at: path).isEmpty }
            return isAny ? [] : ["\(path): none of the shapes fits"]
        default: return ["\(path): the schema says '\(word)', which is not checked"]
        }
    }

    private func properties(_ value: JSONValue, _ rule: JSONValue, at path: String) -> [String] {
        guard case .object(let known) = rule else { return [] }
        return known.sorted { $0.key < $1.key }.flatMap { key, schema in
            value[key].map { check($0, schema, at: "\(path).\(key)") } ?? []
        }
    }

    private func others(
        _ value: JSONValue, _ rule: JSONValue, _ known: JSONValue?, at path: String
    ) -> [String] {
        guard case .object(let members) = value else { return [] }
        return members.filter { known?[$0.key] == nil }.sorted { $0.key < $1.key }.flatMap {
            check($0.value, rule, at: "\(path).\($0.key)")
        }
    }

    private func target(_ reference: JSONValue) -> JSONValue {
        let name = reference.text?.dropFirst("#/$defs/".count) ?? ""
        return definitions[String(name)] ?? .null
    }

    private func unknownKeys(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
        switch value {
        case .array(let items):
            let rules = parts(schema).compactMap { $0["items"] }
            return items.enumerated().flatMap { place, item in
                rules.isEmpty
                    ? []
                    : unknownKeys(item, .object(["allOf": .array(rules)]), at: "\(path)[\(place)]")
            }
        case .object(let members):
            let parts = parts(schema)
            guard parts.contains(where: { $0["properties"] != nil }) else { return [] }
            if parts.contains(where: { $0["additionalProperties"] != nil }) { return [] }
            return members.sorted { $0.key < $1.key }.flatMap { key, member in
                let rules = parts.compactMap { $0["properties"]?[key] }
                return rules.isEmpty
                    ? ["\(path): '\(key)' is not in the schema"]
                    : unknownKeys(member, .object(["allOf": .array(rules)]), at: "\(path).\(key)")
            }
        case .null, .bool, .integer, .number, .text: return []
        }
    }

    /// A schema with those that it refers to or joins.
    private func parts(_ schema: JSONValue) -> [JSONValue] {
        var parts = [schema]
        if let reference = schema["$ref"] { parts += self.parts(target(reference)) }
        for joined in schema["allOf"]?.items ?? [] { parts += self.parts(joined) }
        return parts
    }
}

/// Says where what a verb printed is not as the page's schema has it.
func checkShape(
    _ printed: String, of words: [String], at location: SourceLocation = #_sourceLocation
) throws {
    let schema = try JSONSchema.ofPage()
    let name = definition(for: words, schema)
    let value = try JSONValue(printed)
    for fault in schema.faults(of: value, as: name) {
        Issue.record("\(words.joined(separator: " ")): \(fault)", sourceLocation: location)
    }
}

/// Which definition a call's output has: that of its first two words, of its first, or of a record.
private func definition(for words: [String], _ schema: JSONSchema) -> String {
    let two = words.prefix(2).joined(separator: " ")
    if schema.has(two) { return two }
    if words.dropFirst().first == "import" { return "import" }
    if words.dropFirst().first == "list", schema.has("list") { return "list" }
    if words.dropFirst().first == "show", schema.has("show") { return "show" }
    let verbs = [
        "list", "show", "history", "replay", "search", "conflicts", "sync", "status", "verify",
        "init", "join", "recover", "sql",
    ]
    if words.first == "merge" { return "sync" }
    return words.first.map { verbs.contains($0) ? $0 : "recorded" } ?? "recorded"
}
