#include "python/results.h"

#include "base/money.h"
#include "python/objects.h"
#include "python/raise.h"

namespace py = pybind11;

namespace xai::python {

namespace {

py::object decimal(const std::string& text) {
  return py::module_::import("decimal").attr("Decimal")(text);
}

py::object of_datetime(const char* name) { return py::module_::import("datetime").attr(name); }

}  // namespace

py::object to_object(const management::Cents& cents) { return decimal(base::format_usd(cents)); }

py::object to_object(const management::Decimal& decimal_number) {
  return decimal(decimal_number.text);
}

py::object to_object(management::Timestamp time) {
  const auto epoch =
      of_datetime("datetime")(1970, 1, 1, 0, 0, 0, 0, of_datetime("timezone").attr("utc"));
  return epoch + of_datetime("timedelta")(0, 0, time.time_since_epoch().count());
}

py::object to_object(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return of_datetime("date")(static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                             static_cast<unsigned>(date.day()));
}

py::object to_object(std::chrono::milliseconds span) {
  return of_datetime("timedelta")(0, 0, 0, span.count());
}

py::object to_object(const management::Error& error) { return exception_of(error); }

py::object to_object(std::string_view text) { return to_python(text); }

}  // namespace xai::python
