package dev.sluice.standalone.browser;

import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import dev.sluice.standalone.Shopper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/// The console, as operators use it.
@ExtendWith(Chromium.class)
class ConsoleIT {
    private static final Pattern ACTS = Pattern.compile("^(立即查询|取消订单)$");

    private static Chromium.Started chromium;

    @BeforeAll
    static void start(Chromium.Started started) {
        chromium = started;
    }

    @Test
    void settingsAreSavedAndMaskedAndAWrongKeyIsRefusedWithWhatToDo() {
        try (Visitor visitor = chromium.visitor(Screen.DESKTOP, "zh-CN", chromium.operator("admin"))) {
            visitor.go("/admin/settings/wechat");
            Locator key = visitor.page().getByLabel("API v2密钥", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true));
            assertThat(key).hasValue(Pattern.compile("^•+\\w{4}$"));
            visitor.button("更换API v2密钥").click();
            key.fill("too-short");
            visitor.button("保存配置").click();
            assertThat(visitor.text("有 9 个字符，APIv2密钥须恰为 32 个字母或数字。").first()).isVisible();
            assertThat(visitor.text("请在商户平台的 API 安全中设置 APIv2密钥，并填写同一个值。").first()).isVisible();
            visitor.button("放弃").click();

            visitor.go("/admin/settings/address");
            Locator subject = visitor.page().getByLabel("付款说明");
            String before = subject.inputValue();
            subject.fill("AI quota");
            visitor.button("保存配置").click();
            assertThat(visitor.text("已保存：付款说明")).isVisible();
            visitor.page().reload();
            assertThat(subject).hasValue("AI quota");
            subject.fill(before);
            visitor.button("保存配置").click();
            assertThat(visitor.text("已保存：付款说明")).isVisible();
            visitor.go("/admin/settings/changes");
            assertThat(visitor.role(AriaRole.ROW, Pattern.compile("付款说明")).first()).isVisible();
        }
    }

    @Test
    void theDoctorShowsItsVerdicts() {
        try (Visitor visitor = chromium.visitor(Screen.DESKTOP, "zh-CN", chromium.operator("admin", "operator"))) {
            visitor.go("/admin/doctor");

            visitor.button("开始体检").first().click();

            assertThat(visitor.role(AriaRole.HEADING, Pattern.compile("^体检：")).first()).isVisible();
            assertThat(visitor.role(AriaRole.IMG, "正常").first()).isVisible();
            Look.reads(visitor.page(), "a report of the doctor", "zh-CN");
            Look.isForAll(visitor.page(), "a report of the doctor");
        }
    }

    @Test
    void aHeldPaymentIsCreditedAndItsTimelineShowsWhy() {
        Shopper payer = chromium.payer();
        JsonNode order = payer.order("alipay", 10, "k");
        String number = order.path("order_id").asString();
        chromium.sluice().faults(number, List.of("WRONG_AMOUNT"));
        payer.pay(order);
        payer.awaitStatus(number, "HELD");
        try (Visitor visitor = chromium.visitor(Screen.DESKTOP, "zh-CN", chromium.operator("operator"))) {
            visitor.go("/admin/holds");
            Locator card = visitor.page().getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(number));
            assertThat(card).containsText("金额不符");
            card.getByText("入账…").click();
            Locator dialog = visitor.page().getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("用户 ");
            dialog.getByLabel(Pattern.compile("^额度")).fill("1000");
            dialog.getByLabel(Pattern.compile("^原因")).fill("付款人同意按实付入账");
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("入账 1,000 额度")).click();
            assertThat(visitor.text("已决定入账。")).isVisible();
            payer.awaitStatus(number, "CREDITED");

            visitor.go("/admin/orders/" + number);

            assertThat(visitor.page().locator("h1")).containsText("已入账");
            Locator timeline = visitor.page().locator("section[aria-label=时间线]");
            assertThat(timeline).containsText("付款人同意按实付入账");
            Look.isForAll(visitor.page(), "a timeline");
        }
    }

    @Test
    void anAuditorSeesNoActs() {
        Shopper payer = chromium.payer();
        JsonNode order = payer.order("wechat", 10, "k");
        try (Visitor auditor = chromium.visitor(Screen.DESKTOP, "zh-CN", chromium.operator("auditor"));
                Visitor operator = chromium.visitor(Screen.DESKTOP, "zh-CN", chromium.operator("operator"))) {
            for (Visitor visitor : List.of(auditor, operator)) {
                visitor.go("/admin/orders/" + order.path("order_id").asString());
                assertThat(visitor.page().locator("h1")).containsText("待付款");
                assertThat(visitor.role(AriaRole.LINK, "设置")).hasCount(0);
            }
            assertThat(operator.role(AriaRole.BUTTON, ACTS)).hasCount(2);
            assertThat(auditor.role(AriaRole.BUTTON, ACTS)).hasCount(0);
        }
    }
}
