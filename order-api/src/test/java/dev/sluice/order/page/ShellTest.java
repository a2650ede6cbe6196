package dev.sluice.order.page;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ShellTest {
    private static final String HTML = """
            <!doctype html>
            <html lang="{lang}" data-theme="{theme}" data-place="{place}" data-session="{session}" data-demo="{demo}">
            <p>{lang} {demo} 充值</p>
            """;

    @Test
    void fillsTheFirstTagOnly() {
        byte[] page = new Shell(HTML, true).of(new Reader("zh-CN", "", Place.WECHAT_DESKTOP, true));

        assertThat(new String(page, StandardCharsets.UTF_8)).isEqualTo("""
                <!doctype html>
                <html lang="zh-CN" data-theme="" data-place="wechat-desktop" data-session="true" data-demo="true">
                <p>{lang} {demo} 充值</p>
                """);
    }

    @Test
    void refusesAPageThatLacksAPlace() {
        for (String place : new String[]{"lang", "theme", "place", "session", "demo"}) {
            assertThatIllegalStateException().isThrownBy(() -> new Shell(HTML.replaceFirst("\\{" + place + "}", ""), false))
                    .withMessage("the tag html of a page has no {" + place + "}");
        }
        assertThatIllegalStateException().isThrownBy(() -> new Shell("no page", false));
    }
}
