package dev.sluice.order.answer;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QrSvgTest {
    @Test
    void aScannerReadsExactlyTheText() throws Exception {
        String text = "weixin://wxpay/bizpayurl?pr=aB3dE9x";
        String svg = QrSvg.of(text);
        Matcher size = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(svg);
        assertThat(size.find()).isTrue();
        int modules = Integer.parseInt(size.group(1));
        int scale = 8;
        var image = new BufferedImage(modules * scale, modules * scale, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setColor(Color.BLACK);
        Matcher dots = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(svg);
        while (dots.find()) {
            graphics.fillRect(Integer.parseInt(dots.group(1)) * scale, Integer.parseInt(dots.group(2)) * scale, scale, scale);
        }
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());

        var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels)));

        assertThat(new QRCodeReader().decode(bitmap).getText()).isEqualTo(text);
    }
}
