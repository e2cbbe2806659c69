/* test_config: where the rules are found, and that they are read strictly. */
#include "config.h"

#include "suites.h"

#include "artifact/config.h"
#include "sandbox.h"
#include "testdata.h"

static void use_directories(const char *user, const char *installed)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", sandbox_path, user);
    setenv("XDG_CONFIG_HOME", path, 1);
    if (installed)
        setenv("SOAKTOP_DATADIR", installed, 1);
    else
        unsetenv("SOAKTOP_DATADIR");
}

static void use_installed(void)
{
    char path[1024];
    testdata_path(path, "data");
    use_directories("user", path);
}

START_TEST(installed_files_are_read)
{
    static struct config config;
    struct error err = ERROR_INIT;
    use_installed();
    ck_assert_msg(config_load(&config, NULL, &err) == 0, "%s", err.text);
    ck_assert_uint_eq(config.params.count, 17);
    ck_assert_int_eq(config.thresholds.window, 8);
    ck_assert_int_eq(config.policy.rule[RULE_FALLBACK].negative_streak, 2);
    ck_assert_ptr_nonnull(strstr(config.policy_file, "/data/policy.json"));
}
END_TEST

START_TEST(a_user_file_comes_first)
{
    static struct config config;
    struct error err = ERROR_INIT;
    use_installed();
    json_auto_t *json = testdata_file("data/thresholds.json");
    json_object_set_new(json, "window", json_integer(10));
    char *text = json_dumps(json, 0), path[512];
    testdata_write("user/soaktop/thresholds.json", text);
    free(text);
    ck_assert_msg(config_load(&config, NULL, &err) == 0, "%s", err.text);
    ck_assert_int_eq(config.thresholds.window, 10);
    snprintf(path, sizeof path, "%s/user/soaktop/thresholds.json", sandbox_path);
    ck_assert_str_eq(config.thresholds_file, path);
}
END_TEST

START_TEST(home_stands_in_for_the_configuration_directory)
{
    char path[512], wanted[512];
    use_installed();
    testdata_write("home/.config/soaktop/keys.json", "{}");
    snprintf(wanted, sizeof wanted, "%s/home/.config/soaktop/keys.json", sandbox_path);
    snprintf(path, sizeof path, "%s/home", sandbox_path);
    setenv("HOME", path, 1);
    setenv("XDG_CONFIG_HOME", "relative/is/ignored", 1);
    ck_assert_int_eq(config_find("keys.json", path, sizeof path), 0);
    ck_assert_str_eq(path, wanted);
    ck_assert_int_eq(config_find("no_such.json", path, sizeof path), -1);
}
END_TEST

START_TEST(a_policy_of_the_operator)
{
    static struct config config;
    struct error err = ERROR_INIT;
    char path[512];
    use_installed();
    json_auto_t *json = testdata_file("data/policy.json");
    json_object_set_new(json_object_get(json_object_get(json, "rules"), "normalize"), "enabled",
                        json_true());
    char *text = json_dumps(json, 0);
    testdata_write("mine.json", text);
    free(text);
    snprintf(path, sizeof path, "%s/mine.json", sandbox_path);
    ck_assert_msg(config_load(&config, path, &err) == 0, "%s", err.text);
    ck_assert(config.policy.rule[RULE_NORMALIZE].enabled);
    ck_assert_str_eq(config.policy_file, path);
    ck_assert_int_eq(config_load(&config, "/no/such/policy.json", &err), -1);
    ck_assert_ptr_nonnull(strstr(err.text, "/no/such/policy.json"));
}
END_TEST

START_TEST(faults_name_file_and_path)
{
    static struct config config;
    struct error err = ERROR_INIT;
    use_installed();
    testdata_write("user/soaktop/params.json",
                   "{'schema':'soaktop-params-1','params':[{'name':'a','section':'s','unit':'',"
                   "'floor':2,'cap':1}]}");
    ck_assert_int_eq(config_load(&config, NULL, &err), -1);
    ck_assert_ptr_nonnull(strstr(err.text, "user/soaktop/params.json: $.params[0].cap is 1"));
    error_clear(&err);
    testdata_write("user/soaktop/params.json", "{'schema':1,'schema':2}");
    ck_assert_int_eq(config_load(&config, NULL, &err), -1);
    ck_assert_ptr_nonnull(strstr(err.text, "duplicate object key"));
    error_clear(&err);
    testdata_write("user/soaktop/params.json", "{'schema':");
    ck_assert_int_eq(config_load(&config, NULL, &err), -1);
    ck_assert_ptr_nonnull(strstr(err.text, "params.json: line 1"));
}
END_TEST

START_TEST(profiles_of_the_specification)
{
    struct param_table table;
    struct preset preset;
    struct error err = ERROR_INIT;
    use_installed();
    testdata_params(&table);
    static const struct {
        const char *name;
        double spread, impact, delta, interval, rate, tail;
    } rows[] = {{"steady_safe", 0.16, 0.08, 0.12, 75, 260, 740},
                {"ultra_safe", 0.16, 0.08, 0.12, 80, 240, 700},
                {"aggressive", 0.10, 0.12, 0.16, 50, 320, 500}};
    for (size_t i = 0; i < 3; i++) {
        struct runtime *runtime = runtime_new_best_cell(&table);
        ck_assert_msg(preset_load(&preset, KIND_PROFILE, rows[i].name, &table, &err) == 0, "%s",
                      err.text);
        ck_assert_uint_eq(preset.count, 6);
        ck_assert_int_eq(preset_apply(&preset, runtime, &table, &err), 0);
        json_auto_t *wanted = json_pack(
            "{s:{s:f,s:f,s:f},s:{s:i,s:i,s:i}}", "risk", "base_spread_bps_delta", rows[i].spread,
            "impact_cap_ratio", rows[i].impact, "max_delta_ratio", rows[i].delta, "engine",
            "min_interval_ms", (int)rows[i].interval, "replace_rate_per_min", (int)rows[i].rate,
            "tail_age_ms", (int)rows[i].tail);
        ck_assert(json_equal(wanted, (json_t *)runtime_json(runtime)));
        runtime_free(runtime);
    }
}
END_TEST

START_TEST(a_preset_works_on_the_values_in_force)
{
    struct param_table table;
    struct preset preset;
    struct error err = ERROR_INIT;
    use_installed();
    testdata_params(&table);
    struct runtime *runtime = runtime_new_best_cell(&table);
    ck_assert_msg(preset_load(&preset, KIND_PRESET, "maker_bias_uplift_v1", &table, &err) == 0,
                  "%s", err.text);
    ck_assert_uint_eq(preset.count, 5);
    ck_assert_str_eq(preset.step[0].reason, "quote a little wider to be filled as maker");
    ck_assert_int_eq(preset_apply(&preset, runtime, &table, &err), 0);
    /* 0.05 + 0.01 is below the floor of 0.08; 0.15 * 0.95 = 0.1425 */
    json_auto_t *wanted = testdata_json(
        "{'risk':{'base_spread_bps_delta':0.08,'impact_cap_ratio':0.095,'max_delta_ratio':0.1425},"
        "'engine':{'min_interval_ms':75,'replace_rate_per_min':270,'tail_age_ms':600}}");
    ck_assert(json_equal(wanted, (json_t *)runtime_json(runtime)));
    ck_assert_int_eq(preset_apply(&preset, runtime, &table, &err), 0);
    ck_assert_double_eq(
        runtime_get(runtime, &table.param[param_find(&table, "min_interval_ms")]).number, 80.0);
    runtime_free(runtime);
}
END_TEST

START_TEST(a_preset_needs_a_value_to_change)
{
    struct param_table table;
    struct preset preset;
    struct error err = ERROR_INIT;
    use_installed();
    testdata_params(&table);
    testdata_write("user/soaktop/presets/p.json",
                   "{'name':'p','description':'','operations':[{'param':'tail_age_ms','add':10,"
                   "'reason':''},{'param':'max_age_ms','add':1,'reason':''}]}");
    ck_assert_msg(preset_load(&preset, KIND_PRESET, "p", &table, &err) == 0, "%s", err.text);
    struct runtime *runtime = runtime_new_best_cell(&table);
    ck_assert_int_eq(preset_apply(&preset, runtime, &table, &err), -1);
    ck_assert_str_eq(err.text, "max_age_ms has no value that a preset could change");
    struct value tail = runtime_get(runtime, &table.param[param_find(&table, "tail_age_ms")]);
    ck_assert_double_eq(tail.number, 600.0); /* nothing is half applied */
    runtime_free(runtime);
}
END_TEST

static void assert_refused(enum preset_kind kind, const char *text, const char *wanted)
{
    struct param_table table;
    struct preset preset;
    struct error err = ERROR_INIT;
    testdata_params(&table);
    testdata_write(kind == KIND_PROFILE ? "user/soaktop/profiles/x.json"
                                        : "user/soaktop/presets/x.json",
                   text);
    ck_assert_msg(preset_load(&preset, kind, "x", &table, &err) == -1, "was taken: %s", text);
    ck_assert_msg(strstr(err.text, wanted) != NULL, "'%s' lacks '%s'", err.text, wanted);
}

#define PROFILE(values) "{'name':'x','description':'d','values':{" values "}}"
#define PRESET(steps)   "{'name':'x','description':'d','operations':[" steps "]}"

START_TEST(faulty_profiles_and_presets)
{
    use_installed();
    assert_refused(KIND_PROFILE, "{'name':'y','description':'','values':{}}", "$.name is \"y\"");
    assert_refused(KIND_PROFILE, "{'name':'x','values':{}}", "$.description is missing");
    assert_refused(KIND_PROFILE, "{'name':'x','description':''}", "$.values is missing");
    assert_refused(KIND_PROFILE, PROFILE("'no':1"), "$.values.no is 1, but params.json has no");
    assert_refused(KIND_PROFILE, PROFILE("'tail_age_ms':'1'"), "$.values.tail_age_ms is \"1\"");
    assert_refused(KIND_PROFILE, PROFILE("'tail_age_ms':900"),
                   "$.values.tail_age_ms is 900, but tail_age_ms 900 is above its cap");
    assert_refused(KIND_PROFILE, PROFILE("'tail_age_ms':600,'tail_age_ms':601"), "duplicate");
    assert_refused(KIND_PRESET, PRESET("{'param':'tail_age_ms','reason':''}"),
                   "$.operations[0] is an object, but it must hold add or mul");
    assert_refused(KIND_PRESET, PRESET("{'param':'tail_age_ms','add':1,'mul':1,'reason':''}"),
                   "it must hold add or mul");
    assert_refused(KIND_PRESET, PRESET("{'param':'tail_age_ms','add':1}"), "reason is missing");
    assert_refused(KIND_PRESET, PRESET("{'param':'tail_age_ms','mul':-1,'reason':''}"),
                   "$.operations[0].mul is -1");
    assert_refused(KIND_PRESET,
                   PRESET("{'param':'tail_age_ms','add':1,'reason':''},"
                          "{'param':'tail_age_ms','add':1,'reason':''}"),
                   "$.operations[1].param is \"tail_age_ms\", but tail_age_ms is changed already");
}
END_TEST

START_TEST(names_stay_in_their_folder)
{
    static const char *const bad[] = {"", "../params", "a/b", ".hidden", "x\n", "/etc/passwd"};
    struct param_table table;
    struct preset preset;
    use_installed();
    testdata_params(&table);
    testdata_write("user/soaktop/profiles/.hidden.json",
                   "{'name':'.hidden','description':'','values':{}}");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error err = ERROR_INIT;
        ck_assert_int_eq(preset_load(&preset, KIND_PROFILE, bad[i], &table, &err), -1);
        ck_assert_int_eq(err.code, ERROR_USAGE);
    }
    struct error err = ERROR_INIT;
    ck_assert_int_eq(preset_load(&preset, KIND_PRESET, "nothing", &table, &err), -1);
    ck_assert_str_eq(err.text, "there is no preset 'nothing'; `soaktop presets` lists those there "
                               "are");
}
END_TEST

START_TEST(lists_are_sorted_and_hold_the_users)
{
    char **names;
    use_installed();
    testdata_write("user/soaktop/profiles/mine.json", "{}");
    testdata_write("user/soaktop/profiles/aggressive.json", "{}");
    testdata_write("user/soaktop/profiles/README", "");
    size_t count = preset_list(KIND_PROFILE, &names);
    ck_assert_uint_eq(count, 4);
    ck_assert_str_eq(names[0], "aggressive");
    ck_assert_str_eq(names[1], "mine");
    ck_assert_str_eq(names[2], "steady_safe");
    ck_assert_str_eq(names[3], "ultra_safe");
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}
END_TEST

Suite *config_suite(void)
{
    const TTest *const tests[] = {
        installed_files_are_read,
        a_user_file_comes_first,
        home_stands_in_for_the_configuration_directory,
        a_policy_of_the_operator,
        faults_name_file_and_path,
        profiles_of_the_specification,
        a_preset_works_on_the_values_in_force,
        a_preset_needs_a_value_to_change,
        faulty_profiles_and_presets,
        names_stay_in_their_folder,
        lists_are_sorted_and_hold_the_users,
        NULL,
    };
    return sandbox_suite("config", tests, 20);
}
