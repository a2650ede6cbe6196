package dev.sluice.order.doctor;

import java.net.InetAddress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PublicAddressTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1,true", "10.1.2.3,true", "172.16.0.1,true", "192.168.1.1,true", "169.254.1.1,true", "100.64.0.1,true",
            "100.128.0.1,false", "0.0.0.0,true", "::1,true", "fd00::1,true", "fe80::1,true", "2001:db8::1,false", "203.0.113.7,false"})
    void knowsPrivateAddresses(String address, boolean isPrivate) throws Exception {
        assertThat(PublicAddress.isPrivate(InetAddress.getByName(address))).isEqualTo(isPrivate);
    }
}
