package dev.sluice.sandbox.alipay;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FormParametersTest {

    @Test
    void readsQueryAndFormAsOneSet() {
        assertThat(FormParameters.read("method=a.b&empty=", "biz_content=%7B%22a%22%3A%22x+%2B%26%22%7D&flag"))
                .contains(Map.of("method", "a.b", "empty", "", "biz_content", "{\"a\":\"x +&\"}", "flag", ""));
    }

    @Test
    void refusesANameThatComesTwice() {
        assertThat(FormParameters.read("total=1", "total=2")).isEmpty();
    }

    @Test
    void refusesABrokenEscape() {
        assertThat(FormParameters.read("", "a=%zz")).isEmpty();
        assertThat(FormParameters.read("", "a=%2")).isEmpty();
    }

    @Test
    void readsWhatItWrites() {
        Map<String, String> parameters = Map.of("subject", "yansongda+测试 - 1 & = / %", "empty", "");

        assertThat(FormParameters.read("", FormParameters.write(parameters))).contains(parameters);
    }
}
