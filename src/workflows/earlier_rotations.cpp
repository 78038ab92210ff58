#include "workflows/earlier_rotations.h"

#include <utility>

#include "workflows/record_file.h"
#include "workflows/recovery.h"
#include "workflows/unfinished.h"
#include "xai/management/event.h"

namespace xai::workflows {

std::vector<Record> unfinished_rotations(const Call& call, const std::string& api_key_id) {
  auto records = list_records(call);
  if (!records) return {};
  std::erase_if(*records, [&](const Record& record) {
    return kind_of(record) != management::UnfinishedKind::rotates_key ||
           record.about("apiKeyId") != api_key_id || !is_of_service(call, record);
  });
  return *std::move(records);
}

std::vector<Record> overtaken_rotations(const Call& call, const std::string& api_key_id) {
  auto records = unfinished_rotations(call, api_key_id);
  std::erase_if(records, [&](const Record& record) {
    return record.is_running || !record.secret.empty() || age_of(call, record) < list_lag_max;
  });
  return records;
}

void settle(const Call& call, const std::vector<Record>& overtaken) {
  for (const Record& record : overtaken) {
    auto taken = RecordFile::take(call, record.id);
    if (!taken) continue;
    forget(*std::move(taken));
    call.tell(management::RecordSettled{
        .id = record.id, .name = record.about("name"), .is_overtaken = true});
  }
}

}  // namespace xai::workflows
