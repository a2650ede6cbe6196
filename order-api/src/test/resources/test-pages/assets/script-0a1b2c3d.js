console.log("a script of the tests");
console.log("a script of the tests");
console.log("a script of the tests");
console.log("a script of the tests");
