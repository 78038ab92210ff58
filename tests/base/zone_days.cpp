// Answers `ZONE YYYY-MM-DD` on each line of standard input with the first second of that day.
#include <iostream>
#include <string>

#include "base/time_text.h"
#include "base/zone.h"

int main() {
  for (std::string name, date; std::cin >> name >> date;) {
    const auto zone = xai::base::Zone::find(name);
    const auto day = xai::base::parse_date(date);
    if (!zone || !day) return 1;
    const std::chrono::local_days local{
        std::chrono::floor<std::chrono::days>(*day).time_since_epoch()};
    std::cout << std::chrono::floor<std::chrono::seconds>(zone->start_of(local))
                     .time_since_epoch()
                     .count()
              << '\n';
  }
}
