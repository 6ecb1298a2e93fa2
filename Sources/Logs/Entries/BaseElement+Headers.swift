// SPDX-License-Identifier: MIT
import Basics

extension BaseElement {
    /// About so many bytes of a header are left for its base.
    private static let headerRoom = 3_072

    /// The items of a base as headers have room for them, one array a header. What is said of one
    /// log stays in one header: an exception counts for the base that it stands in.
    package static func byHeader(_ base: [BaseElement]) -> [[BaseElement]] {
        var headers: [[BaseElement]] = []
        var items: [BaseElement] = []
        var bytes = 0
        for group in byLog(base) {
            let size = group.reduce(0) { $0 + $1.size }
            let isFull =
                items.count + group.count > Limits.baseElements || bytes + size > headerRoom
            if isFull, items.isEmpty == false {
                headers.append(items)
                (items, bytes) = ([], 0)
            }
            items += group
            bytes += size
        }
        return items.isEmpty ? headers : headers + [items]
    }

    private static func byLog(_ base: [BaseElement]) -> [[BaseElement]] {
        var groups: [[BaseElement]] = []
        var places: [LogID: Int] = [:]
        for element in base {
            if let place = element.log.flatMap({ places[$0] }) {
                groups[place].append(element)
            } else {
                if let log = element.log { places[log] = groups.count }
                groups.append([element])
            }
        }
        return groups
    }
}
