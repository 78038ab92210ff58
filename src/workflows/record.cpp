#include "workflows/record.h"

#include <utility>

#include "base/time_text.h"
#include "json/document.h"
#include "json/writer.h"

namespace xai::workflows {

using management::Secret;

namespace {

constexpr int version = 2;

/// A record of version 1 was always about a key.
void read_version_1(Record& record, json::Value root) {
  const std::string_view command = root.find("command").text();
  record.operation = command == "rotate-key" ? "rotateApiKey" : "createApiKey";
  record.subject.clear();
  for (const auto* const name : {"name", "apiKeyId"})
    if (const json::Value value = root.find(name); value.is_string())
      record.subject[name] = value.text();
  record.secret = Secret{std::string{root.find("apiKey").text()}};
}

void read_line(Record& record, json::Value root) {
  const auto member = [&](std::string_view name) { return std::string{root.find(name).text()}; };
  const std::string written_by = member("version");
  record.is_newer = written_by != "1" && written_by != std::to_string(version);
  if (record.is_newer) return;
  record.start = base::parse_rfc3339(member("startTime")).value_or(management::Timestamp{});
  record.base_url = member("baseUrl");
  record.team_id = member("teamId");
  record.temporary_file = member("temporaryFile");
  if (written_by == "1") {
    read_version_1(record, root);
    return;
  }
  record.operation = member("operation");
  record.subject.clear();
  if (const json::Value subject = root.find("subject"); subject.is_object())
    for (const json::Member& one : subject.members())
      record.subject[std::string{one.name}] = one.value.text();
  record.service_start = base::parse_rfc3339(member("serviceStartTime"));
  record.secret = Secret{member("secret")};
}

}  // namespace

std::string Record::about(const std::string& name) const {
  const auto found = subject.find(name);
  return found == subject.end() ? "" : found->second;
}

std::string line_of(const Record& record) {
  std::string line;
  // Room at once: a string that grows leaves its old bytes, a secret maybe, behind.
  line.reserve(4096);
  json::Writer writer{line};
  const auto member = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    writer.key(name);
    writer.string(value);
  };
  writer.begin_object();
  writer.key("version");
  writer.integer(version);
  member("operation", record.operation);
  writer.key("subject");
  writer.begin_object();
  for (const auto& [name, value] : record.subject) member(name, value);
  writer.end_object();
  member("startTime", base::format_rfc3339(record.start));
  if (record.service_start) member("serviceStartTime", base::format_rfc3339(*record.service_start));
  member("baseUrl", record.base_url);
  member("teamId", record.team_id);
  member("temporaryFile", record.temporary_file);
  member("secret", record.secret.reveal());
  writer.end_object();
  line += '\n';
  return line;
}

Record read_lines(std::string text, std::string id) {
  Record record{.id = std::move(id)};
  std::string_view rest = text;
  rest = rest.substr(0, rest.find('\0'));
  while (rest.contains('\n')) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    const auto document = json::Document::parse(std::string{line});
    if (document && document->root().is_object()) read_line(record, document->root());
  }
  management::wipe(text);
  return record;
}

}  // namespace xai::workflows
