/* clock: see clock.h. The calendar is computed here, so that it depends on no time zone. */
#include "config.h"

#include "model/clock.h"

#include <stdio.h>
#include <string.h>

enum { MS_PER_SECOND = 1000, SECONDS_PER_DAY = 86400, DAYS_PER_ERA = 146097, YEARS_PER_ERA = 400 };

/* 0000-03-01 lies this many days before 1970-01-01. */
enum { EPOCH_SHIFT_DAYS = 719468 };

static int64_t virtual_now(const struct clock *clock)
{
    return clock->virtual_ms;
}

struct clock clock_virtual(int64_t start_ms)
{
    return (struct clock){virtual_now, start_ms};
}

int64_t clock_now(const struct clock *clock)
{
    return clock->now_ms(clock);
}

bool clock_is_virtual(const struct clock *clock)
{
    return clock->now_ms == virtual_now;
}

void clock_advance(struct clock *clock, int64_t ms)
{
    if (clock_is_virtual(clock))
        clock->virtual_ms += ms;
}

static int64_t floor_divide(int64_t number, int64_t by)
{
    int64_t quotient = number / by;
    return number % by < 0 ? quotient - 1 : quotient;
}

/* Years are counted from March, so that the leap day is the last of its year. */
static int64_t days_from_date(int64_t year, int month, int day)
{
    if (month <= 2)
        year--;
    int64_t era = floor_divide(year, YEARS_PER_ERA);
    int64_t year_of_era = year - era * YEARS_PER_ERA;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - EPOCH_SHIFT_DAYS;
}

struct date {
    int64_t year;
    int month, day;
};

static struct date date_from_days(int64_t days)
{
    days += EPOCH_SHIFT_DAYS;
    int64_t era = floor_divide(days, DAYS_PER_ERA);
    int64_t day_of_era = days - era * DAYS_PER_ERA;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (int)((5 * day_of_year + 2) / 153);
    struct date date = {
        .year = year_of_era + era * YEARS_PER_ERA,
        .month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9,
        .day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
    };
    if (date.month <= 2)
        date.year++;
    return date;
}

void utc_format(char text[UTC_TEXT_MAX], int64_t ms)
{
    text[0] = '\0';
    if (ms == UTC_NONE)
        return;
    int64_t seconds = floor_divide(ms, MS_PER_SECOND);
    int64_t days = floor_divide(seconds, SECONDS_PER_DAY);
    int fraction = (int)(ms - seconds * MS_PER_SECOND);
    int second = (int)(seconds - days * SECONDS_PER_DAY);
    struct date date = date_from_days(days);
    if (date.year < 0 || date.year > 9999)
        return;
    int length = snprintf(text, UTC_TEXT_MAX, "%04d-%02d-%02dT%02d:%02d:%02d", (int)date.year,
                          date.month, date.day, second / 3600, second / 60 % 60, second % 60);
    snprintf(text + length, UTC_TEXT_MAX - (size_t)length, fraction ? ".%03dZ" : "Z", fraction);
}

/* Reads exactly COUNT digits; -1 if they are not there. */
static int read_digits(const char **text, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++, (*text)++) {
        if (**text < '0' || **text > '9')
            return -1;
        number = number * 10 + (**text - '0');
    }
    return number;
}

static bool skip_mark(const char **text, char mark)
{
    if (**text != mark)
        return false;
    (*text)++;
    return true;
}

/* Thousandths of ".25" or ".067825"; 0 without a fraction, -1 if a point has no digits. */
static int read_fraction(const char **text)
{
    if (!skip_mark(text, '.'))
        return 0;
    int ms = 0, digits = 0;
    for (; **text >= '0' && **text <= '9'; (*text)++, digits++)
        if (digits < 3)
            ms = ms * 10 + (**text - '0');
    if (digits == 0)
        return -1;
    for (; digits < 3; digits++)
        ms *= 10;
    return ms;
}

static bool is_utc_suffix(const char *text)
{
    return strcmp(text, "Z") == 0 || strcmp(text, "+00:00") == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

int64_t utc_parse(const char *text)
{
    if (!text)
        return UTC_NONE;
    int year = read_digits(&text, 4);
    int month = year >= 0 && skip_mark(&text, '-') ? read_digits(&text, 2) : -1;
    int day = month > 0 && month <= 12 && skip_mark(&text, '-') ? read_digits(&text, 2) : -1;
    if (day < 1 || day > days_in_month(year, month))
        return UTC_NONE;
    int hour = skip_mark(&text, 'T') ? read_digits(&text, 2) : -1;
    int minute = hour >= 0 && hour < 24 && skip_mark(&text, ':') ? read_digits(&text, 2) : -1;
    int second = minute >= 0 && minute < 60 && skip_mark(&text, ':') ? read_digits(&text, 2) : -1;
    if (second < 0 || second >= 60)
        return UTC_NONE;
    int fraction = read_fraction(&text);
    if (fraction < 0 || !is_utc_suffix(text))
        return UTC_NONE;
    int64_t seconds = days_from_date(year, month, day) * SECONDS_PER_DAY;
    return (seconds + hour * 3600 + minute * 60 + second) * MS_PER_SECOND + fraction;
}
