#pragma once

#include <string>
#include <string_view>

#include "json/document.h"
#include "json/value.h"

namespace xai::tests {

/// A file of contract/, parsed. A missing or broken one ends the test run.
const json::Document& contract_file(const std::string& name);

/// What operations.json says of an operation, or of a schema's members.
json::Value contract_operation(std::string_view id);
json::Value contract_schema(std::string_view name);

/// The contract file of an operation: `createApiKey` → create_api_key.json.
json::Value contract_example(std::string_view id);

/// Whether two values are the same JSON, the order of members aside.
bool is_same_json(json::Value left, json::Value right);

/// Whether `whole` has everything `part` has, with equal values, and besides that only members
/// with their zero value. The first difference goes into `difference`.
bool covers(json::Value whole, json::Value part, std::string& difference);

}  // namespace xai::tests
